/** The sound map of a recording, in one pass. */
import { setImmediate } from "node:timers/promises";
import { mixBlockInPlace, pickFromBlock } from "../channels.ts";
import { decodedBlocks } from "../convert.ts";
import { framesToMs } from "../encoding.ts";
import { resample } from "../resample.ts";
import type { AudioBlock, Recording } from "../types.ts";
import { type SpeechScorer, VoiceActivity } from "./activity.ts";
import type { SpeechInterval } from "./detector.ts";
import { LevelMeter } from "./levels.ts";
import type { SoundMap } from "./sound-map.ts";

/** How much is heard between two turns of the event loop; a block has up to a second. */
const BREATH_MS = 500;

export interface ListeningOptions {
  readonly signal?: AbortSignal;
  /** The channel to listen to, from 0; undefined: the average of all. */
  readonly channel?: number;
  /** Told how much has been heard, in milliseconds, at least once a second of audio. */
  readonly onProgress?: (audioMs: number) => void;
}

/**
 * Listens to a recording. Memory stays the same but for the map itself. Scorers
 * block their thread, so the event loop gets its turn at least once a second of audio.
 *
 * @param scorer one that has heard nothing yet.
 * @returns intervals of speech inside [0, durationMs], sorted and apart; `durationMs` is that of the
 *   frames that were there, which a file that became shorter has fewer of than its header says.
 * @throws AsrError kind "audio" where the recording can't be read or decoded; the signal's reason.
 */
export async function buildSoundMap(
  recording: Recording,
  scorer: SpeechScorer,
  { signal, channel, onProgress }: ListeningOptions = {},
): Promise<SoundMap> {
  signal?.throwIfAborted();
  const { sampleRate, frameCount } = recording.facts;
  const meter = new LevelMeter(sampleRate, frameCount);
  const activity = new VoiceActivity(scorer);
  const speech: SpeechInterval[] = [];
  const stepSamples = (scorer.sampleRate * BREATH_MS) / 1000;
  let breathMs = 0;
  const mixed = metered(decodedBlocks(recording, signal), channel, meter);
  for await (const { channelData } of resample(mixed, sampleRate, scorer.sampleRate)) {
    const [samples] = channelData;
    if (samples === undefined) continue;
    for (let start = 0; start < samples.length; start += stepSamples) {
      speech.push(...(await activity.push(samples.subarray(start, start + stepSamples))));
      if (activity.analysedMs - breathMs < BREATH_MS) continue;
      breathMs = activity.analysedMs;
      onProgress?.(breathMs);
      await setImmediate();
      signal?.throwIfAborted();
    }
  }
  speech.push(...(await activity.finish()));
  const durationMs = framesToMs(meter.frameCount, sampleRate);
  return { durationMs, speech: within(speech, durationMs), levels: meter.finish() };
}

async function* metered(
  blocks: AsyncIterable<AudioBlock>,
  channel: number | undefined,
  meter: LevelMeter,
): AsyncGenerator<AudioBlock> {
  for await (const block of blocks) {
    const heard = channel === undefined ? mixBlockInPlace(block) : pickFromBlock(block, channel);
    for (const samples of heard.channelData) {
      clip(samples);
      meter.push(samples);
    }
    yield heard;
  }
}

/**
 * Floats can be beyond full scale, which nobody is sent, and no numbers at all: one of them would
 * stay in the memory of a scorer for good.
 */
function clip(samples: Float32Array): void {
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? 0;
    if (sample >= -1 && sample <= 1) continue;
    samples[index] = Number.isNaN(sample) ? 0 : Math.sign(sample);
  }
}

/** Another sample rate may round the end up, by a millisecond at most. */
function within(speech: readonly SpeechInterval[], durationMs: number): SpeechInterval[] {
  return speech
    .filter(({ startMs }) => startMs < durationMs)
    .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, durationMs) }));
}
