/** The slices of a voice, as often as the voice has to be sent. */
import type { AudioInput } from "../../contract.ts";
import { audioUnits } from "./audio-units.ts";
import { ByteReader } from "./byte-reader.ts";
import { MAX_SLICE_BYTES } from "./limits.ts";
import { liveSlices } from "./live-slices.ts";
import { wholeUnitsMs } from "./pcm-units.ts";
import { type Slice, slices } from "./slices.ts";

export interface VoiceAudio {
  /** From the first slice on. One pass at a time. */
  slices(): AsyncGenerator<Slice>;
  /** Leaves the source. */
  close(): Promise<void>;
}

/**
 * Audio that opens again is read again; of any other all slices are kept, 32 kB for a second at
 * 16 kHz.
 */
export function voiceAudio(audio: AudioInput, sliceMs: number, signal: AbortSignal): VoiceAudio {
  return audio.reopenable
    ? reopenedAudio(audio, sliceMs, signal)
    : keptAudio(audio, sliceMs, signal);
}

function openSlices(audio: AudioInput, sliceMs: number, signal: AbortSignal) {
  const reader = new ByteReader(audio.open(signal, { reuseBuffers: true }));
  const units = audioUnits(reader, audio, audio.reopenable ? wholeUnitsMs(sliceMs) : undefined);
  return { reader, source: slices(units, sliceMs, MAX_SLICE_BYTES) };
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
        const slice = { ...next.value, bytes: next.value.bytes.slice() };
        kept.push(slice);
        yield slice;
      }
    },
    close: () => reader.close(),
  };
}

/** Live audio: each chunk is a slice. Only one that was not answered can be sent again. */
export function liveAudio(audio: AudioInput, signal: AbortSignal): VoiceAudio {
  const source = liveSlices(audio.open(signal), audio.sampleRate);
  let unanswered: Slice | undefined;
  return {
    async *slices() {
      if (unanswered !== undefined) yield unanswered;
      for (;;) {
        unanswered = undefined;
        // Not `for await`: a pass that breaks off must leave the source open for the next one.
        const next = await source.next();
        if (next.done === true) return;
        unanswered = next.value;
        yield next.value;
      }
    },
    async close() {
      await source.return();
    },
  };
}
