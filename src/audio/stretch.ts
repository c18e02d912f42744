/** A stretch of a recording whose samples lie in a file, as a recording of its own. */
import { decode } from "./decode.ts";
import { frameBytes, framesToMs } from "./encoding.ts";
import { wholeFrames } from "./frames.ts";
import type { SampleLayout } from "./sample-layout.ts";
import type { ByteSource, PassOptions, Recording } from "./types.ts";

/** What stretches are cut from. */
export interface StretchedRecording {
  readonly name: string;
  readonly layout: SampleLayout;
  /** Of the whole recording. */
  readonly frameCount: number;
  /** Shared with the whole recording: what a stretch meets is told there as well. */
  readonly warnings: Recording["warnings"][number][];
  readonly openStretch: NonNullable<ByteSource["openStretch"]>;
}

/**
 * The frames from `startFrame` up to `endFrame`; what lies past the end of the recording is left
 * out. Nothing before them is read. A stretch is headerless: its container is "pcm", `sizeBytes`
 * and `bytes()` are those of its samples, so that both are true of what would be sent as it is.
 *
 * A file that has become shorter since it was opened ends the stretch early, with the warning
 * "audio-cut-short".
 *
 * @throws RangeError where the frames are not two whole numbers in order (an endless end is one).
 */
export function stretchOf(
  whole: StretchedRecording,
  startFrame: number,
  endFrame: number,
): Recording {
  checkFrames(startFrame, endFrame);
  const { name, layout, warnings } = whole;
  const { encoding, sampleRate, channels, dataOffsetBytes } = layout;
  const first = Math.min(startFrame, whole.frameCount);
  const frameCount = Math.min(endFrame, whole.frameCount) - first;
  const wholeBytes = frameBytes(layout);
  const startBytes = dataOffsetBytes + first * wholeBytes;
  const sizeBytes = frameCount * wholeBytes;

  async function* samples(signal?: AbortSignal, options?: PassOptions): AsyncGenerator<Uint8Array> {
    let foundBytes = 0;
    const bytes = whole.openStretch(startBytes, startBytes + sizeBytes, signal, options);
    for await (const frames of wholeFrames(bytes, wholeBytes)) {
      foundBytes += frames.length;
      yield frames;
    }
    if (foundBytes < sizeBytes) warnShort(whole, first + foundBytes / wholeBytes);
  }

  return {
    name,
    decoding: "plain",
    reopenable: true,
    warnings,
    facts: {
      container: "pcm",
      encoding,
      sampleRate,
      channels,
      frameCount,
      durationMs: framesToMs(frameCount, sampleRate),
      sizeBytes,
    },
    bytes: samples,
    samples,
    blocks: (signal) => decode(samples(signal, { reuseBuffers: true }), layout),
    stretch(start, end) {
      checkFrames(start, end);
      const last = first + frameCount;
      return stretchOf(whole, Math.min(first + start, last), Math.min(first + end, last));
    },
  };
}

/** @throws RangeError where the frames are not two whole numbers in order (an endless end is one). */
export function checkFrames(startFrame: number, endFrame: number): void {
  const isEnd = Number.isSafeInteger(endFrame) || endFrame === Number.POSITIVE_INFINITY;
  if (Number.isSafeInteger(startFrame) && isEnd && startFrame >= 0 && startFrame <= endFrame) {
    return;
  }
  throw new RangeError(`no stretch from frame ${startFrame} to ${endFrame}`);
}

function warnShort({ name, layout, warnings }: StretchedRecording, endFrame: number): void {
  const code = "audio-cut-short";
  if (warnings.some((known) => known.code === code)) return;
  const seconds = (endFrame / layout.sampleRate).toFixed(1);
  const message = `${name} has become shorter while it was read: nothing is there from ${seconds} s on`;
  warnings.push({ code, message });
}
