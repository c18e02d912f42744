/**
 * A streaming polyphase resampler. Output frame n lies at input position n * from / to; its value
 * is the input around there, weighed by the low-pass filter centred on it. Where that position
 * falls between two input frames repeats after `up` output frames, so that each of these has its
 * row of weights ready (R. E. Crochiere and L. R. Rabiner, "Multirate Digital Signal
 * Processing", 1983, chapter 3).
 */
import { resamplingKernel, TAPS_PER_TURN } from "./kernel.ts";
import { lowPass } from "./low-pass.ts";
import { inputFrameOf, ratioOf, rowCapacity, rowFiller } from "./rows.ts";

/** Frames a channel that are worked on at once, of input or of output, whichever are more. */
const STEP_FRAMES = 8192;
const PAGE_BYTES = 65_536;

/** Takes stretches of input and gives the output that they settle, a channel an array. */
export interface Resampler {
  push(channelData: readonly Float32Array[]): Float32Array[];
  /** What is left when the input has ended; all in all exactly `round(frames * to / from)`. */
  end(): Float32Array[];
}

export function createResampler(fromRate: number, toRate: number, channels: number): Resampler {
  const ratio = ratioOf(fromRate, toRate);
  const filter = lowPass(fromRate, toRate, TAPS_PER_TURN / 2);
  const { reachFrames } = filter;
  const taps = 2 * reachFrames;
  const stepFrames = Math.ceil(Math.min(STEP_FRAMES, (STEP_FRAMES * fromRate) / toRate));
  const capacity = rowCapacity(ratio, filter);

  // One memory: rows, steps, output, then the input of each channel.
  const laneFrames = taps + stepFrames;
  const stepsAt = capacity * taps;
  const outputAt = stepsAt + capacity;
  const inputAt = outputAt + Math.ceil((stepFrames * toRate) / fromRate) + 1;
  const sizeBytes = (inputAt + channels * laneFrames) * 4;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(sizeBytes / PAGE_BYTES) });
  const floats = new Float32Array(memory.buffer);
  const run = resamplingKernel(memory);
  const fillRows = rowFiller(
    ratio,
    filter,
    floats.subarray(0, stepsAt),
    new Int32Array(memory.buffer, stepsAt * 4, capacity),
  );

  /** The next output frame, counted within its cycle of `up`. */
  let next = 0;
  /** The frames of input in each lane; the first lies under the first weight of `next`. */
  let heldFrames = reachFrames - 1;
  let firstRow = 0;
  let rowCount = 0;
  let readFrames = 0;
  let writtenFrames = 0;

  /** How many output frames will have all the input they need after `frameCount` more. */
  function settledFrames(frameCount: number): number {
    const lastFrame = inputFrameOf(next, ratio) + heldFrames + frameCount - taps;
    return Math.max(0, Math.ceil(((lastFrame + 1) * ratio.up) / ratio.down) - next);
  }

  /** Makes sure that there is a row for `next`, and says for how many frames from it on. */
  function readyRows(): number {
    if (next < firstRow || next >= firstRow + rowCount) {
      firstRow = capacity === ratio.up ? 0 : next;
      rowCount = Math.min(capacity, ratio.up - firstRow);
      fillRows(firstRow, rowCount);
    }
    return firstRow + rowCount - next;
  }

  /** Writes `frameCount` settled frames to `out` from `start` on, and lets go of their input. */
  function settle(out: readonly Float32Array[], start: number, frameCount: number): void {
    let usedFrames = 0;
    for (let made = 0; made < frameCount; ) {
      const count = Math.min(readyRows(), frameCount - made);
      const row = next - firstRow;
      for (const [channel, samples] of out.entries()) {
        const input = inputAt + channel * laneFrames + usedFrames;
        run(input * 4, row * taps * 4, taps * 4, (stepsAt + row) * 4, outputAt * 4, count);
        samples.set(floats.subarray(outputAt, outputAt + count), start + made);
      }
      made += count;
      usedFrames += inputFrameOf(next + count, ratio) - inputFrameOf(next, ratio);
      next = (next + count) % ratio.up;
    }
    heldFrames -= usedFrames;
    for (let lane = inputAt; lane < inputAt + channels * laneFrames; lane += laneFrames) {
      floats.copyWithin(lane, lane + usedFrames, lane + usedFrames + heldFrames);
    }
  }

  function push(channelData: readonly Float32Array[]): Float32Array[] {
    const frameCount = channelData[0]?.length ?? 0;
    const outFrames = settledFrames(frameCount);
    const out = channelData.map(() => new Float32Array(outFrames));
    let made = 0;
    for (let offset = 0; offset < frameCount; offset += stepFrames) {
      const pushed = Math.min(stepFrames, frameCount - offset);
      for (const [channel, samples] of channelData.entries()) {
        const lane = inputAt + channel * laneFrames + heldFrames;
        floats.set(samples.subarray(offset, offset + pushed), lane);
      }
      const settled = settledFrames(pushed);
      heldFrames += pushed;
      settle(out, made, settled);
      made += settled;
    }
    readFrames += frameCount;
    writtenFrames += outFrames;
    return out;
  }

  return {
    push,
    end() {
      const missing = Math.round((readFrames * toRate) / fromRate) - writtenFrames;
      const silence = new Float32Array(reachFrames);
      const rest = push(Array.from({ length: channels }, () => silence));
      return rest.map((samples) => samples.subarray(0, missing));
    },
  };
}
