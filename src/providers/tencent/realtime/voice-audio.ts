/** The slices of a voice, as often as the voice has to be sent. */
import type { AudioInput } from "../../contract.ts";
import { audioUnits } from "./audio-units.ts";
import { ByteReader } from "./byte-reader.ts";
import { MAX_SLICE_BYTES } from "./limits.ts";
import { type Slice, slices } from "./slices.ts";

export interface VoiceAudio {
  /** From the first slice on. One pass at a time. */
  slices(): AsyncGenerator<Slice>;
  /** Leaves the source. */
  close(): Promise<void>;
}

/**
 * Audio that opens again is read again; of any other all slices are kept, 32 kB for a second at
 * 16 kHz: whoever streams for hours begins a new voice now and then.
 */
export function voiceAudio(audio: AudioInput, sliceMs: number, signal: AbortSignal): VoiceAudio {
  return audio.reopenable
    ? reopenedAudio(audio, sliceMs, signal)
    : keptAudio(audio, sliceMs, signal);
}

function openSlices(audio: AudioInput, sliceMs: number, signal: AbortSignal) {
  const reader = new ByteReader(audio.open(signal));
  return { reader, source: slices(audioUnits(reader, audio), sliceMs, MAX_SLICE_BYTES) };
}

function reopenedAudio(audio: AudioInput, sliceMs: number, signal: AbortSignal): VoiceAudio {
  return {
    async *slices() {
      const { reader, source } = openSlices(audio, sliceMs, signal);
      try {
        yield* source;
      } finally {
        await reader.close();
      }
    },
    async close() {},
  };
}

function keptAudio(audio: AudioInput, sliceMs: number, signal: AbortSignal): VoiceAudio {
  const { reader, source } = openSlices(audio, sliceMs, signal);
  const kept: Slice[] = [];
  return {
    async *slices() {
      for (let index = 0; ; index++) {
        const known = kept[index];
        if (known !== undefined) {
          yield known;
          continue;
        }
        // Not `for await`: a pass that breaks off must leave the source open for the next one.
        const next = await source.next();
        if (next.done === true) return;
        kept.push(next.value);
        yield next.value;
      }
    },
    close: () => reader.close(),
  };
}
