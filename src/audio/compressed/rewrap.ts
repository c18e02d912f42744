/**
 * Copies the coded track of a recording into a container of another kind, untouched, by
 * mediabunny. No decoder is needed, and nothing is lost.
 */
import type { OutputFormat } from "mediabunny";
import { AsrError } from "../../errors.ts";
import { cachedRanges } from "../cached-ranges.ts";
import type { AudioFacts, ByteSource, Container, FilePiece, RangeReader } from "../types.ts";
import { type ContainerLibrary, formatsOf, loadContainerLibrary } from "./containers.ts";
import { uncopiedError } from "./errors.ts";
import { mediaBytes } from "./media-bytes.ts";
import { copyPackets } from "./packets.ts";
import { type PieceChannel, pieceChannel } from "./piece-channel.ts";
import { canRewrap } from "./rewrap-table.ts";

/** What the muxer collects before it hands a piece on. */
const PIECE_BYTES = 256 * 1024;

/**
 * The pieces of the new file in the order in which they are to be written; a few go back to what
 * was written before. Copying keeps the reader's pace.
 *
 * @param source read anywhere (`openRanges`).
 * @throws AsrError kind "audio" where the file is damaged, or its times can't be kept; what
 *   reading throws; the signal's reason. TypeError where `canRewrap` does not hold.
 */
export async function* rewrap(
  source: ByteSource,
  facts: AudioFacts,
  container: Container,
  signal?: AbortSignal,
): AsyncGenerator<FilePiece> {
  const { sizeBytes } = source;
  if (!canRewrap(facts, container) || !source.openRanges || sizeBytes === undefined) {
    throw new TypeError(`no way from ${facts.container} with ${facts.encoding} to ${container}`);
  }
  const library = await loadContainerLibrary();
  const ranges = cachedRanges(await source.openRanges(signal));
  try {
    const channel = pieceChannel();
    const copying = copyTrack(library, { source, facts, container, signal }, ranges, channel);
    const outcome = copying
      .then(
        () => undefined,
        (error: unknown) => ({ error }),
      )
      .finally(channel.end);
    try {
      yield* channel.pieces();
    } finally {
      // A reader that leaves early stops the copying, which is no failure.
      await outcome;
    }
    const failed = await outcome;
    if (failed !== undefined) throw failed.error;
  } finally {
    await ranges.close();
  }
}

interface Job {
  readonly source: ByteSource;
  readonly facts: AudioFacts;
  readonly container: Container;
  readonly signal: AbortSignal | undefined;
}

async function copyTrack(
  library: ContainerLibrary,
  { source, facts, container, signal }: Job,
  ranges: Pick<RangeReader, "read">,
  channel: PieceChannel,
): Promise<void> {
  const bytes = mediaBytes(library, ranges, source.sizeBytes ?? 0);
  const file = new library.Input({
    source: bytes.source,
    formats: formatsOf(library, facts.container),
  });
  const output = new library.Output({
    format: formatOf(library, container),
    target: new library.StreamTarget(channel.writable, { chunked: true, chunkSize: PIECE_BYTES }),
  });
  const check = () => {
    signal?.throwIfAborted();
    if (channel.isLeft()) throw new Error("the reader has left");
  };
  try {
    await copyPackets({ library, file, output, facts, container, name: source.name, check });
  } catch (error) {
    await output.cancel().catch(() => {});
    signal?.throwIfAborted();
    if (error instanceof AsrError) throw error;
    // Whatever the library throws about bytes that could be read is the file's fault.
    throw bytes.failure() ?? uncopiedError(source.name, "it is damaged", error);
  } finally {
    file.dispose();
    await bytes.settled();
  }
}

/** The plain form of each container: one track, the index of an MP4 file at its end. */
function formatOf(library: ContainerLibrary, container: Container): OutputFormat {
  switch (container) {
    case "m4a":
      return new library.Mp4OutputFormat({ fastStart: false });
    case "aac":
      return new library.AdtsOutputFormat();
    case "ogg":
      return new library.OggOutputFormat();
    case "flac":
      return new library.FlacOutputFormat();
    case "mp3":
      return new library.Mp3OutputFormat();
    default:
      throw new TypeError(`nothing writes ${container} here`);
  }
}
