/** Opens an input: recognises it by content and reads its header. */
import { AsrError, audioError } from "../errors.ts";
import type { ChunkReader } from "./chunk-reader.ts";
import { describeFormat, frameBytes } from "./encoding.ts";
import { passesOf } from "./passes.ts";
import { recordingOf, type SampleLayout } from "./recording.ts";
import { type Content, SNIFF_BYTES, sniff } from "./sniff.ts";
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
    if (presentBytes < frameBytes(found)) throw noAudioError(source.name, found, presentBytes);
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

/** Containers that a converter turns into WAV. */
const CONVERTIBLE = new Set(
  "avi w64 mp3 ogg flac m4a mp4 webm mkv amr silk aiff au caf sphere wma wavpack ape aac".split(
    " ",
  ),
);

const AUDIO_NAME = /\.(?:wave?|pcm|raw|mp3|ogg|opus|flac|m4a|aac|mp4|webm|amr|silk|aiff?|au|caf)$/i;

function notAudioError(name: string, content: Content, rawGiven: boolean): AsrError {
  if (content.id === "empty") {
    // Nothing to go by but the name: a recording that came to nothing must not be passed over.
    return new AsrError("audio", `${name}: is empty`, {
      reason: "it has 0 bytes",
      hint: "check what was to write it: the recording or the copy did not come through",
      notAudio: !AUDIO_NAME.test(name),
    });
  }
  const reason =
    content.id === "unknown"
      ? "it has no header of a kind known here"
      : `it is ${content.title}${rawGiven ? ", not headerless audio" : ""}`;
  return new AsrError("audio", `${name}: is not a recording that can be read here`, {
    reason,
    hint: mend(content),
    notAudio: !CONVERTIBLE.has(content.id),
  });
}

function mend(content: Content): string {
  if (CONVERTIBLE.has(content.id)) {
    return "convert it first: ffmpeg -i IN -c:a pcm_s16le OUT.wav";
  }
  if (content.id === "html" || content.id === "json" || content.id === "xml") {
    return "a download that failed often leaves such a file: fetch the audio again";
  }
  if (content.certain) return "name a WAV file or headerless PCM";
  return "if it is headerless PCM, say what it is: --rate, --encoding or --channel-count";
}

function noAudioError(name: string, layout: SampleLayout, presentBytes: number): AsrError {
  const says = layout.container === "wav" ? "header says " : "";
  return audioError(
    `${name}: ${says}${describeFormat(layout)}, ${presentBytes} bytes of audio`,
    "check what was to write it: the recording or the copy did not come through",
    "there is not one sample in it",
  );
}
