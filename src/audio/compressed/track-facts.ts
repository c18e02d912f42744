/** What mediabunny finds in a file, as facts of ours. */
import type { Input, InputAudioTrack } from "mediabunny";
import type { Codec, Container } from "../types.ts";
import { adtsDurationMs } from "./adts.ts";
import { damagedError, noSoundError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";
import { mp3DurationMs } from "./mp3-duration.ts";

type Library = typeof import("mediabunny");

const CODECS: readonly Codec[] = ["mp3", "aac", "opus", "vorbis", "flac"];

/** Faster than any recorder, more than any file has: beyond them a header is damaged. */
const MAX_RATE = 768_000;
const MAX_CHANNELS = 255;

/**
 * @param isWhole false where `file` is the beginning of an input: its length is not told.
 * @throws AsrError kind "audio" where there is no sound, or what is said of it can't be; an error
 *   of the library where the file is damaged.
 */
export async function readTrackFacts(
  library: Library,
  file: Input,
  input: CompressedInput,
  isWhole: boolean,
): Promise<CompressedFacts> {
  const container = await containerOf(library, file);
  const track = await file.getPrimaryAudioTrack();
  if (track === null) {
    const hasOther = (await file.getTracks()).length > 0;
    throw hasOther ? noSoundError(input) : damagedError(input);
  }
  const codec = await track.getCodec();
  const encoding = CODECS.find((known) => known === codec) ?? "other";
  const sampleRate = await track.getSampleRate();
  const channels = await track.getNumberOfChannels();
  if (!isCount(sampleRate, MAX_RATE) || !isCount(channels, MAX_CHANNELS)) throw damagedError(input);
  const trackIndex = (await file.getAudioTracks()).indexOf(track);
  const facts = {
    container,
    encoding,
    sampleRate,
    channels,
    ...(trackIndex > 0 ? { trackIndex } : {}),
  };
  if (!isWhole) return facts;
  if (container === "ogg" && !(await isEndKnown(track))) return facts;
  // Looking for the end of a damaged FLAC file the library goes round without end (1.61.0).
  if (container === "flac" && !(((await track.getDurationFromMetadata()) ?? 0) > 0)) return facts;
  const durationMs =
    (await countedMs(facts, input)) ?? Math.round((await durationSeconds(track)) * 1000);
  if (!isCount(durationMs, Number.MAX_SAFE_INTEGER) && durationMs !== 0) throw damagedError(input);
  const startMs = container === "aac" || container === "mp3" ? 0 : await startMsOf(file, track);
  return { ...facts, durationMs, ...(startMs > 0 ? { startMs } : {}) };
}

async function containerOf(library: Library, file: Input): Promise<Container> {
  const format = await file.getFormat();
  switch (format) {
    case library.MP3:
      return "mp3";
    case library.ADTS:
      return "aac";
    case library.OGG:
      return "ogg";
    case library.FLAC:
      return "flac";
    case library.WEBM:
      return "webm";
    case library.MATROSKA:
      return "mkv";
    default: {
      const tracks = await file.getTracks();
      return format === library.MP4 && tracks.length === 1 ? "m4a" : "mp4";
    }
  }
}

/** Of files that are nothing but frames: what a walk over them finds. */
async function countedMs(
  { container, sampleRate }: Pick<CompressedFacts, "container" | "sampleRate">,
  { reader }: CompressedInput,
): Promise<number | undefined> {
  if (container === "aac") return adtsDurationMs(reader, sampleRate);
  return container === "mp3" ? mp3DurationMs(reader) : undefined;
}

/** What the header says, else what the library finds at the end of the file. */
async function durationSeconds(track: InputAudioTrack): Promise<number> {
  const said = (await track.getDurationFromMetadata()) ?? 0;
  return said > 0 ? said : track.computeDuration();
}

/** Not so where a file is cut off inside a packet: the library looks for the rest of it in vain. */
async function isEndKnown(track: InputAudioTrack): Promise<boolean> {
  try {
    await durationSeconds(track);
    return true;
  } catch {
    return false;
  }
}

/** How much later than the file the track begins. */
async function startMsOf(file: Input, track: InputAudioTrack): Promise<number> {
  const startSeconds = (await track.getFirstTimestamp()) - (await fileStartSeconds(file));
  const startMs = Math.round(startSeconds * 1000);
  return Number.isSafeInteger(startMs) ? startMs : 0;
}

/**
 * Where the times of a file begin: a stream that was recorded does not begin at 0. What lies
 * before 0 is a codec's run-in and is not heard.
 */
async function fileStartSeconds(file: Input): Promise<number> {
  const tracks = await file.getTracks();
  const starts = await Promise.all(tracks.map((track) => track.getFirstTimestamp()));
  return Math.max(0, Math.min(...starts));
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= max;
}
