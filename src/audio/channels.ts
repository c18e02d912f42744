/** Several channels to one. */
import type { AudioBlock } from "./types.ts";

/** The average of all channels: never louder than the loudest, so nothing clips. */
export function mixChannels(blocks: AsyncIterable<AudioBlock>): AsyncIterable<AudioBlock> {
  return eachBlock(blocks, mixBlock);
}

/** The first channel alone (the left one). */
export function firstChannel(blocks: AsyncIterable<AudioBlock>): AsyncIterable<AudioBlock> {
  return pickChannel(blocks, 0);
}

/**
 * One channel alone.
 *
 * @param index from 0.
 * @throws RangeError where the audio has no such channel.
 */
export function pickChannel(
  blocks: AsyncIterable<AudioBlock>,
  index: number,
): AsyncIterable<AudioBlock> {
  return eachBlock(blocks, (block) => pickFromBlock(block, index));
}

/** `mixChannels` for one block. A single channel is handed on as it is. */
function mixBlock({ channelData }: AudioBlock): AudioBlock {
  const [first, ...others] = channelData;
  if (first === undefined || others.length === 0) return { channelData };
  return mixBlockInPlace({ channelData: [first.slice(), ...others] });
}

/** The same in the array of the first channel. */
export function mixBlockInPlace({ channelData }: AudioBlock): AudioBlock {
  const [first, ...others] = channelData;
  if (first === undefined || others.length === 0) return { channelData };
  const share = 1 / channelData.length;
  for (const [index, samples] of others.entries()) {
    const scale = index === others.length - 1 ? share : 1;
    for (let frame = 0; frame < first.length; frame++) {
      first[frame] = ((first[frame] ?? 0) + (samples[frame] ?? 0)) * scale;
    }
  }
  return { channelData: [first] };
}

/** `pickChannel` for one block. */
export function pickFromBlock(block: AudioBlock, index: number): AudioBlock {
  const samples = block.channelData[index];
  if (samples === undefined) {
    throw new RangeError(`no channel ${index} among ${block.channelData.length}`);
  }
  return { channelData: [samples] };
}

/** Every block, changed. */
export async function* eachBlock(
  blocks: AsyncIterable<AudioBlock>,
  change: (block: AudioBlock) => AudioBlock,
): AsyncGenerator<AudioBlock> {
  for await (const block of blocks) yield change(block);
}
