/**
 * Containers that mediabunny reads (MP3, ADTS, MP4, Ogg, FLAC, WebM). It is loaded here and only
 * when such a file comes: it takes as long as the rest of the program.
 */
import type { Input, InputAudioTrack } from "mediabunny";
import { AsrError } from "../../errors.ts";
import { cachedRanges } from "../cached-ranges.ts";
import type { Codec, Container, RangeReader } from "../types.ts";
import { adtsDurationMs } from "./adts.ts";
import { damagedError, noSoundError, unknownCodecError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";
import { mediaBytes } from "./media-bytes.ts";

const CODECS: readonly Codec[] = ["mp3", "aac", "opus", "vorbis", "flac"];

/** Faster than any recorder, more than any file has: beyond them a header is damaged. */
const MAX_RATE = 768_000;
const MAX_CHANNELS = 255;

/** How much of a pipe is looked at: more and more of it, until it is enough. */
const FIRST_LOOK_BYTES = 16 * 1024;
const LOOK_STEP = 4;

type Library = typeof import("mediabunny");

/**
 * Reads the facts of the track that a player would play. Of a pipe there is the beginning alone,
 * read as if it were a file cut off there.
 *
 * @throws AsrError kind "audio" where the file is damaged, or has no sound or none of a known
 *   codec; what reading throws.
 */
export async function readContainerFacts(
  input: CompressedInput,
  signal?: AbortSignal,
): Promise<CompressedFacts> {
  const library = await import("mediabunny");
  // Its warnings about odd files would get among ours.
  library.Logging.level = library.LogLevel.Silent;
  const { source } = input;
  if (source.openRanges === undefined || source.sizeBytes === undefined) {
    return factsOfBeginning(library, input);
  }
  const ranges = cachedRanges(await source.openRanges(signal));
  try {
    return await readFacts(library, input, ranges, source.sizeBytes, true);
  } finally {
    await ranges.close();
  }
}

async function factsOfBeginning(
  library: Library,
  input: CompressedInput,
): Promise<CompressedFacts> {
  for (let lookBytes = FIRST_LOOK_BYTES; ; lookBytes *= LOOK_STEP) {
    const head = await input.reader.peek(lookBytes);
    const bytes = {
      read: async (offset: number, length: number) => head.subarray(offset, offset + length),
    };
    try {
      return await readFacts(library, input, bytes, head.length, false);
    } catch (error) {
      if (head.length < lookBytes) throw error;
    }
  }
}

async function readFacts(
  library: Library,
  input: CompressedInput,
  ranges: Pick<RangeReader, "read">,
  sizeBytes: number,
  isWhole: boolean,
): Promise<CompressedFacts> {
  const { MP3, ADTS, MP4, QTFF, OGG, FLAC, WEBM } = library;
  const { source, failure, settled } = mediaBytes(library, ranges, sizeBytes);
  const file = new library.Input({ source, formats: [MP3, ADTS, MP4, QTFF, OGG, FLAC, WEBM] });
  try {
    return await factsOf(library, file, input, isWhole);
  } catch (error) {
    if (error instanceof AsrError) throw error;
    // Whatever the library throws about bytes that could be read is the file's fault.
    throw failure() ?? damagedError(input, error);
  } finally {
    file.dispose();
    await settled();
  }
}

async function factsOf(
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
