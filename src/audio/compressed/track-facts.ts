/** What mediabunny finds in a file, as facts of ours. */
import type { Input, InputAudioTrack } from "mediabunny";
import type { Codec, Container } from "../types.ts";
import { adtsDurationMs } from "./adts.ts";
import { damagedError, noSoundError, unknownCodecError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";

type Library = typeof import("mediabunny");

const CODECS: readonly Codec[] = ["mp3", "aac", "opus", "vorbis", "flac"];

/** Faster than any recorder, more than any file has: beyond them a header is damaged. */
const MAX_RATE = 768_000;
const MAX_CHANNELS = 255;

/**
 * @param isWhole false where `file` is the beginning of an input: its length is not told.
 * @throws AsrError kind "audio" where there is no sound or none of a known codec, or what is said
 *   of it can't be; an error of the library where the file is damaged.
 */
export async function readTrackFacts(
  library: Library,
  file: Input,
  input: CompressedInput,
  isWhole: boolean,
): Promise<CompressedFacts> {
  const container = await containerOf(library, file);
  const track = await file.getPrimaryAudioTrack();
  if (track === null) throw noSoundError(input);
  const codec = await track.getCodec();
  const encoding = CODECS.find((known) => known === codec);
  if (encoding === undefined) throw unknownCodecError(input, codec ?? undefined);
  const sampleRate = await track.getSampleRate();
  const channels = await track.getNumberOfChannels();
  if (!isCount(sampleRate, MAX_RATE) || !isCount(channels, MAX_CHANNELS)) throw damagedError(input);
  const facts = { container, encoding, sampleRate, channels };
  if (!isWhole) return facts;
  const durationMs =
    container === "aac"
      ? await adtsDurationMs(input.reader, sampleRate)
      : Math.round((await durationSeconds(track)) * 1000);
  if (!isCount(durationMs, Number.MAX_SAFE_INTEGER) && durationMs !== 0) throw damagedError(input);
  return { ...facts, durationMs };
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
    default: {
      const tracks = await file.getTracks();
      return format === library.MP4 && tracks.length === 1 ? "m4a" : "mp4";
    }
  }
}

/**
 * What the header says, else what the library finds at the end of the file. An MP3 file without
 * such a header has one bit rate, and its size tells.
 */
async function durationSeconds(track: InputAudioTrack): Promise<number> {
  const said = (await track.getDurationFromMetadata()) ?? 0;
  return said > 0 ? said : track.computeDuration();
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= max;
}
