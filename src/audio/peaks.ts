/** The outline of a recording: the loudest sample of equally long stretches. */
import type { AudioBlock } from "./types.ts";

export interface Peaks {
  /** 0 silence, 255 full scale, over all channels. */
  readonly peaks: Uint8Array;
  readonly durationMs: number;
}

/** So finely that a word is more than a stretch, where the recording is short enough. */
const FINEST_MS = 10;

/**
 * Reads all blocks once, in constant memory: where there are too many stretches, two become one.
 *
 * @param most stretches, an even number; a long recording has at least half as many
 * @throws what `blocks` throws.
 */
export async function peaksOf(
  blocks: AsyncIterable<AudioBlock>,
  sampleRate: number,
  most: number,
): Promise<Peaks> {
  const stretches = new Float32Array(most);
  let stretchFrames = Math.max(1, Math.round((sampleRate * FINEST_MS) / 1000));
  let count = 0;
  let filledFrames = 0;
  let loudest = 0;
  let totalFrames = 0;

  function halve(): void {
    for (let index = 0; index < count; index += 2) {
      stretches[index / 2] = Math.max(stretches[index] ?? 0, stretches[index + 1] ?? 0);
    }
    count /= 2;
    stretchFrames *= 2;
  }

  function endStretch(): void {
    stretches[count] = loudest;
    count += 1;
    loudest = 0;
    filledFrames = 0;
    if (count === most) halve();
  }

  for await (const { channelData } of blocks) {
    const frames = channelData[0]?.length ?? 0;
    totalFrames += frames;
    for (let frame = 0; frame < frames; ) {
      const end = Math.min(frames, frame + stretchFrames - filledFrames);
      for (const samples of channelData)
        loudest = Math.max(loudest, loudestOf(samples, frame, end));
      filledFrames += end - frame;
      frame = end;
      if (filledFrames >= stretchFrames) endStretch();
    }
  }
  if (filledFrames > 0) endStretch();
  const peaks = Uint8Array.from(stretches.subarray(0, count), (peak) =>
    Math.min(255, Math.round(peak * 255)),
  );
  return { peaks, durationMs: Math.round((totalFrames * 1000) / sampleRate) };
}

function loudestOf(samples: Float32Array, start: number, end: number): number {
  let loudest = 0;
  for (let frame = start; frame < end; frame++) {
    const level = Math.abs(samples[frame] ?? 0);
    if (level > loudest) loudest = level;
  }
  return loudest;
}
