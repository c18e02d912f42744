/** Another sample rate, band-limited, over a stream of blocks. */
import { createResampler, type Resampler } from "./resampling/resampler.ts";
import type { AudioBlock } from "./types.ts";

/**
 * Resamples blocks from one rate to another, all channels alike. Nothing is delayed: what sounds
 * at a time sounds there afterwards. The length is exact, `frames * to / from` rounded, and how
 * the audio is cut into blocks changes nothing.
 *
 * @param fromRate, toRate in Hz; equal ones hand the blocks on as they are.
 */
export async function* resample(
  blocks: AsyncIterable<AudioBlock>,
  fromRate: number,
  toRate: number,
): AsyncGenerator<AudioBlock> {
  if (fromRate === toRate) {
    yield* blocks;
    return;
  }
  let resampler: Resampler | undefined;
  for await (const { channelData } of blocks) {
    resampler ??= createResampler(fromRate, toRate, channelData.length);
    yield* filled(resampler.push(channelData));
  }
  if (resampler !== undefined) yield* filled(resampler.end());
}

function filled(channelData: readonly Float32Array[]): AudioBlock[] {
  return channelData[0]?.length ? [{ channelData }] : [];
}
