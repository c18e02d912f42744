/**
 * Containers that mediabunny reads (MP3, ADTS, MP4, Ogg, FLAC, Matroska). Its import takes some 45 ms:
 * it is loaded here, and only when such a file comes.
 */
import type { InputFormat } from "mediabunny";
import { AsrError } from "../../errors.ts";
import { cachedRanges } from "../cached-ranges.ts";
import type { RangeReader } from "../types.ts";
import { damagedError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";
import { mediaBytes } from "./media-bytes.ts";
import { readTrackFacts } from "./track-facts.ts";

/** How much of a pipe is looked at: more and more of it, until it is enough. */
const FIRST_LOOK_BYTES = 16 * 1024;
const LOOK_STEP = 4;

export type ContainerLibrary = typeof import("mediabunny");

export async function loadContainerLibrary(): Promise<ContainerLibrary> {
  const library = await import("mediabunny");
  // Its warnings about odd files would get among ours.
  library.Logging.level = library.LogLevel.Silent;
  return library;
}

/**
 * What an input may be that was recognised. Not all formats: by chance there is an MP3 frame in
 * many a file.
 *
 * @param content as `sniff` names it; a container's name says the same.
 */
export function formatsOf(library: ContainerLibrary, content: string): InputFormat[] {
  const { MP3, ADTS, MP4, QTFF, OGG, FLAC, WEBM, MATROSKA } = library;
  switch (content) {
    case "mp3":
      // An ID3 tag may stand before all of them.
      return [MP3, ADTS, FLAC];
    case "aac":
      return [ADTS];
    case "ogg":
      return [OGG];
    case "flac":
      return [FLAC];
    case "webm":
    case "mkv":
      return [WEBM, MATROSKA];
    default:
      return [MP4, QTFF];
  }
}

/**
 * Reads the facts of the track that a player would play. Of a pipe there is the beginning alone,
 * read as if it were a file cut off there.
 *
 * @throws AsrError kind "audio" where the file is damaged or has no sound; what reading throws.
 */
export async function readContainerFacts(
  input: CompressedInput,
  signal?: AbortSignal,
): Promise<CompressedFacts> {
  const library = await loadContainerLibrary();
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
  library: ContainerLibrary,
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
  library: ContainerLibrary,
  input: CompressedInput,
  ranges: Pick<RangeReader, "read">,
  sizeBytes: number,
  isWhole: boolean,
): Promise<CompressedFacts> {
  const { source, failure, settled } = mediaBytes(library, ranges, sizeBytes);
  const file = new library.Input({ source, formats: formatsOf(library, input.content.id) });
  try {
    return await readTrackFacts(library, file, input, isWhole);
  } catch (error) {
    if (error instanceof AsrError) throw error;
    // Whatever the library throws about bytes that could be read is the file's fault.
    throw failure() ?? damagedError(input, error);
  } finally {
    file.dispose();
    await settled();
  }
}
