/** Raw audio as both APIs take it: 16 kHz, 16 bit, mono ("目前仅支持：pcm"; FACTS: no header). */
import { AsrError } from "../../errors.ts";
import { abortable } from "../../http/abortable.ts";
import type { AcceptedAudio, AudioInput } from "../contract.ts";
import { SAMPLE_RATE } from "./settings.ts";

export const SAMPLE_BYTES = 2;
export const BYTES_PER_MS = (SAMPLE_RATE * SAMPLE_BYTES) / 1000;

/** The longest that the Lark document recommends (100-200 ms): the fewest requests. */
export const SLICE_MS = 200;
export const SLICE_BYTES = SLICE_MS * BYTES_PER_MS;

export const ACCEPTED_AUDIO: AcceptedAudio = {
  container: "pcm",
  encodings: ["s16le"],
  sampleRates: [SAMPLE_RATE],
  maxChannels: 1,
};

/** @throws AsrError kind "internal": whoever plans requests converts to what `accepts` says. */
export function checkShape(audio: AudioInput): void {
  const { container, encoding, sampleRate, channels } = audio;
  const fits =
    container === "pcm" && encoding === "s16le" && sampleRate === SAMPLE_RATE && channels === 1;
  if (fits) return;
  const shape = `${container} ${encoding} ${sampleRate} Hz, ${channels} channels`;
  throw new AsrError("internal", `16 kHz mono pcm was asked for, ${shape} came`);
}

/** Milliseconds of so many bytes, rounded. */
export function durationMsOf(sizeBytes: number): number {
  return Math.round(sizeBytes / BYTES_PER_MS);
}

/**
 * Cuts audio into slices of `sliceBytes` (even); the last may be shorter. Each is a copy of its
 * own. A byte that is left over at the end is half a sample and no audio.
 *
 * @throws the signal's reason as soon as it aborts, even while no audio comes.
 */
export async function* slicesOf(
  audio: AudioInput,
  sliceBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const pieces = audio.open(signal, { reuseBuffers: true })[Symbol.asyncIterator]();
  let slice = new Uint8Array(sliceBytes);
  let filledBytes = 0;
  try {
    for (;;) {
      const next = await abortable(pieces.next(), signal);
      if (next.done === true) break;
      for (let offset = 0; offset < next.value.byteLength; ) {
        const part = next.value.subarray(offset, offset + sliceBytes - filledBytes);
        slice.set(part, filledBytes);
        offset += part.byteLength;
        filledBytes += part.byteLength;
        if (filledBytes < sliceBytes) continue;
        yield slice;
        slice = new Uint8Array(sliceBytes);
        filledBytes = 0;
      }
    }
    const wholeBytes = filledBytes - (filledBytes % SAMPLE_BYTES);
    if (wholeBytes > 0) yield slice.subarray(0, wholeBytes);
  } finally {
    // Not waited for: a source that waits for audio ends when its signal aborts, not before.
    pieces.return?.()?.catch(() => {});
  }
}

/**
 * Live audio: each chunk is a slice, as it came.
 *
 * @throws the signal's reason as soon as it aborts, even while no audio comes.
 */
export async function* liveSlicesOf(
  audio: AudioInput,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const chunks = audio.open(signal)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await abortable(chunks.next(), signal);
      if (next.done === true) return;
      if (next.value.byteLength > 0) yield next.value;
    }
  } finally {
    // Not waited for: a source that waits for audio ends when its signal aborts, not before.
    chunks.return?.()?.catch(() => {});
  }
}
