/** Opens an input: recognises it by content and reads its header. */
import type { ChunkReader } from "./chunk-reader.ts";
import { describeFormat, frameBytes } from "./encoding.ts";
import { noSamplesError, notAudioError } from "./open-errors.ts";
import { passesOf } from "./passes.ts";
import { recordingOf } from "./recording.ts";
import type { SampleLayout } from "./sample-layout.ts";
import { SNIFF_BYTES, sniff } from "./sniff.ts";
import type { ByteSource, RawFormat, Recording } from "./types.ts";
import { readWavHeader } from "./wav/header.ts";

export interface OpenOptions {
  /** What the input is if it has no header; a header wins over it. */
  readonly raw?: RawFormat;
  /** Stops the reading of the header. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a recording. Of a pipe, what is read here comes again in its one pass.
 *
 * @throws AsrError kind "audio" where the input is not a WAV file and no `raw` is given, its
 *   header is damaged or its format not decoded here, or there is no audio in it.
 */
export async function openRecording(
  source: ByteSource,
  options: OpenOptions = {},
): Promise<Recording> {
  const passes = passesOf(source, options.signal);
  const layout = await passes.look(async (reader) => {
    const found = await readLayout(reader, source.name, options.raw);
    const first = await reader.peek(frameBytes(found));
    const presentBytes = Math.min(first.length, found.dataBytes);
    if (presentBytes < frameBytes(found)) throw noSamplesError(source.name, found, presentBytes);
    return found;
  });
  return recordingOf(source, passes, layout, unusedRaw(source.name, layout, options.raw));
}

async function readLayout(
  reader: ChunkReader,
  name: string,
  raw: RawFormat | undefined,
): Promise<SampleLayout> {
  const content = sniff(await reader.peek(SNIFF_BYTES));
  if (content.id === "wav") {
    const header = await readWavHeader(reader, name);
    return { container: "wav", ...header, dataOffsetBytes: reader.positionBytes };
  }
  if (raw === undefined || content.certain) throw notAudioError(name, content, raw !== undefined);
  const { encoding, sampleRate, channels } = raw;
  return {
    container: "pcm",
    encoding,
    sampleRate,
    channels,
    dataOffsetBytes: 0,
    dataBytes: Number.POSITIVE_INFINITY,
  };
}

/** A header that says something else than the user did wins, and the user hears of it. */
function unusedRaw(
  name: string,
  layout: SampleLayout,
  raw: RawFormat | undefined,
): Recording["warnings"] {
  if (raw === undefined || describeFormat(raw) === describeFormat(layout)) return [];
  const message = `${name} has a header that says ${describeFormat(layout)}; what was given for headerless audio (${describeFormat(raw)}) is not used`;
  return [{ code: "audio-raw-format-unused", message }];
}
