/** Sends audio to the worker, no faster than it works. */
import { wholeFrames } from "../../audio/frames.ts";

/** A second of samples a message: few messages, little memory. */
const MAX_MESSAGE_SAMPLES = 16_000;
/** Messages on their way: one being worked on, the next ready. */
const MAX_UNTAKEN = 2;

/** How many messages may be sent before others were taken. */
export class Credit {
  #left = MAX_UNTAKEN;
  #wake: (() => void) | undefined;

  /** Resolves when a message may be sent, and counts it. */
  async spend(): Promise<void> {
    while (this.#left === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#left--;
  }

  give(): void {
    this.#left++;
    this.#wake?.();
  }
}

/**
 * Cuts bytes of f32le into samples, in arrays of their own that can be transferred. Infinite and
 * undefined numbers, which broken decoders make, become silence: one would spoil all after it.
 */
export async function* samplesOf(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  for await (const chunk of wholeFrames(bytes, Float32Array.BYTES_PER_ELEMENT)) {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const count = chunk.byteLength / Float32Array.BYTES_PER_ELEMENT;
    for (let start = 0; start < count; start += MAX_MESSAGE_SAMPLES) {
      const samples = new Float32Array(Math.min(MAX_MESSAGE_SAMPLES, count - start));
      for (let index = 0; index < samples.length; index++) {
        const sample = view.getFloat32((start + index) * Float32Array.BYTES_PER_ELEMENT, true);
        samples[index] = Number.isFinite(sample) ? sample : 0;
      }
      yield samples;
    }
  }
}
