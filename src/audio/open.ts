/** Opens an input: recognises it by content and reads its header. */
import type { ChunkReader } from "./chunk-reader.ts";
import { isCompressed, readCompressedFacts, readCompressedWav } from "./compressed/facts.ts";
import type { CompressedFacts } from "./compressed/input.ts";
import { compressedRecordingOf } from "./compressed/recording.ts";
import { isDecodedInOrder, onlyWholeError } from "./compressed/while-it-comes.ts";
import { frameBytes } from "./encoding.ts";
import { noSamplesError, notAudioError } from "./open-errors.ts";
import { LongHeaderError, passesOf } from "./passes.ts";
import { recordingOf } from "./recording.ts";
import type { SampleLayout } from "./sample-layout.ts";
import { SNIFF_BYTES, sniff } from "./sniff.ts";
import { standsForSamples } from "./stands-for-samples.ts";
import type { ByteSource, MediaTools, RawFormat, Recording } from "./types.ts";
import { unusedRaw } from "./unused-raw.ts";
import { CompressedWavError } from "./wav/format.ts";
import { readWavHeader } from "./wav/header.ts";

export interface OpenOptions {
  /** What the input is if it has no header; a header wins over it. */
  readonly raw?: RawFormat;
  /** What the input is taken for where it is of no kind known here, and nobody said what it is. */
  readonly assumed?: RawFormat;
  /** Of a pipe, what would have to be read to its end first is refused. */
  readonly whileItComes?: boolean;
  /** What reads and decodes what this program does not; undefined where it is not installed. */
  readonly tools?: MediaTools;
  /** Leaves a pipe open where a `LongHeaderError` is thrown: the caller reads on, or closes it. */
  readonly keepsPipe?: boolean;
  /** Stops the reading of the header. */
  readonly signal?: AbortSignal;
}

type Header =
  | { readonly kind: "samples"; readonly layout: SampleLayout }
  | { readonly kind: "compressed"; readonly facts: CompressedFacts };

/**
 * Opens a recording. Of a pipe, what is read here comes again in its one pass.
 *
 * @throws AsrError kind "audio" where the input is no recording (headerless audio is one only
 *   where `raw` is given), its header is damaged or not understood, or there is no audio in it;
 *   kind "usage" where only ffmpeg reads it and there is none; a `LongHeaderError` where a pipe would
 *   have to be kept to its end.
 */
export async function openRecording(
  source: ByteSource,
  options: OpenOptions = {},
): Promise<Recording> {
  const passes = passesOf(source, options.signal);
  const { raw, tools, keepsPipe = false } = options;
  const look = passes.look((reader) => readHeader(reader, source, options));
  const header = await look.catch(async (error: unknown) => {
    if (error instanceof LongHeaderError && !keepsPipe) await error.close();
    throw error;
  });
  if (header.kind === "compressed") {
    const { facts } = header;
    return compressedRecordingOf(source, passes, facts, unusedRaw(source.name, facts, raw), tools);
  }
  const { layout } = header;
  return recordingOf(source, passes, layout, unusedRaw(source.name, layout, raw));
}

async function readHeader(
  reader: ChunkReader,
  source: ByteSource,
  { raw, assumed, whileItComes = false, signal, tools }: OpenOptions,
): Promise<Header> {
  const { name } = source;
  const content = sniff(await reader.peek(SNIFF_BYTES));
  const isSaid = raw !== undefined && !content.certain;
  const isHeaderless =
    isSaid || (assumed !== undefined && (await standsForSamples(reader, content)));
  const input = { source, reader, content, ...(tools === undefined ? {} : { tools }) };
  if (isCompressed(content) && !isHeaderless) {
    if (whileItComes && !source.reopenable && !isDecodedInOrder(content)) {
      throw onlyWholeError(name, content);
    }
    const facts = await readCompressedFacts(input, signal);
    return { kind: "compressed", facts };
  }
  const headerlessFormat = raw ?? assumed;
  if (isHeaderless && headerlessFormat !== undefined) {
    return withSamples(reader, name, headerless(headerlessFormat));
  }
  if (content.id !== "wav") throw notAudioError(name, content, raw !== undefined);
  try {
    return await withSamples(reader, name, await wavLayout(reader, name));
  } catch (error) {
    if (!(error instanceof CompressedWavError)) throw error;
    const facts = await readCompressedWav(input, error, signal);
    return { kind: "compressed", facts };
  }
}

/** @throws AsrError kind "audio" where there is not one frame. */
async function withSamples(
  reader: ChunkReader,
  name: string,
  layout: SampleLayout,
): Promise<Header> {
  const first = await reader.peek(frameBytes(layout));
  const presentBytes = Math.min(first.length, layout.dataBytes);
  if (presentBytes < frameBytes(layout)) throw noSamplesError(name, layout, presentBytes);
  return { kind: "samples", layout };
}

async function wavLayout(reader: ChunkReader, name: string): Promise<SampleLayout> {
  const header = await readWavHeader(reader, name);
  return { ...header, dataOffsetBytes: reader.positionBytes };
}

function headerless({ encoding, sampleRate, channels }: RawFormat): SampleLayout {
  return {
    container: "pcm",
    encoding,
    sampleRate,
    channels,
    dataOffsetBytes: 0,
    dataBytes: Number.POSITIVE_INFINITY,
  };
}
