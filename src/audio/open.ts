/** Opens an input: recognises it by content and reads its header. */
import type { ChunkReader } from "./chunk-reader.ts";
import { isCompressed, readCompressedFacts } from "./compressed/facts.ts";
import type { CompressedFacts } from "./compressed/input.ts";
import { compressedRecordingOf } from "./compressed/recording.ts";
import { frameBytes } from "./encoding.ts";
import { noSamplesError, notAudioError } from "./open-errors.ts";
import { passesOf } from "./passes.ts";
import { recordingOf } from "./recording.ts";
import type { SampleLayout } from "./sample-layout.ts";
import { type Content, SNIFF_BYTES, sniff } from "./sniff.ts";
import type { ByteSource, RawFormat, Recording } from "./types.ts";
import { unusedRaw } from "./unused-raw.ts";
import { readWavHeader } from "./wav/header.ts";

export interface OpenOptions {
  /** What the input is if it has no header; a header wins over it. */
  readonly raw?: RawFormat;
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
 *   where `raw` is given), its header is damaged or not understood, or there is no audio in it.
 */
export async function openRecording(
  source: ByteSource,
  options: OpenOptions = {},
): Promise<Recording> {
  const passes = passesOf(source, options.signal);
  const header = await passes.look((reader) => readHeader(reader, source, options));
  const { raw } = options;
  if (header.kind === "compressed") {
    const { facts } = header;
    return compressedRecordingOf(source, passes, facts, unusedRaw(source.name, facts, raw));
  }
  const { layout } = header;
  return recordingOf(source, passes, layout, unusedRaw(source.name, layout, raw));
}

async function readHeader(
  reader: ChunkReader,
  source: ByteSource,
  { raw, signal }: OpenOptions,
): Promise<Header> {
  const { name } = source;
  const content = sniff(await reader.peek(SNIFF_BYTES));
  const isHeaderless = raw !== undefined && !content.certain;
  if (isCompressed(content) && !isHeaderless) {
    const facts = await readCompressedFacts({ source, reader, content }, signal);
    return { kind: "compressed", facts };
  }
  const layout = isHeaderless ? headerless(raw) : await headedLayout(reader, name, content, raw);
  const first = await reader.peek(frameBytes(layout));
  const presentBytes = Math.min(first.length, layout.dataBytes);
  if (presentBytes < frameBytes(layout)) throw noSamplesError(name, layout, presentBytes);
  return { kind: "samples", layout };
}

async function headedLayout(
  reader: ChunkReader,
  name: string,
  content: Content,
  raw: RawFormat | undefined,
): Promise<SampleLayout> {
  if (content.id !== "wav") throw notAudioError(name, content, raw !== undefined);
  const header = await readWavHeader(reader, name);
  return { container: "wav", ...header, dataOffsetBytes: reader.positionBytes };
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
