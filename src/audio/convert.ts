/** A recording in the shape that a recogniser takes. */
import { eachBlock, mixBlockInPlace, pickFromBlock } from "./channels.ts";
import { decodeReusing } from "./decode.ts";
import { encode, type TargetEncoding } from "./encode.ts";
import { isSampleEncoding } from "./encoding.ts";
import { resample } from "./resample.ts";
import type { AudioBlock, PassOptions, Recording } from "./types.ts";

export interface ConversionTarget {
  /** In Hz. */
  readonly sampleRate: number;
  /** What becomes of several channels: their average, the first, all of them, or one by index. */
  readonly channels: "mix" | "first" | "all" | number;
  readonly encoding: TargetEncoding;
}

/**
 * The samples of a recording, without a header, at another rate, channel count or encoding. What
 * has that shape already comes through byte for byte.
 *
 * @throws RangeError where `channels` is the index of none; AsrError kind "audio" where there is no
 *   decoder for the encoding. Aborted: throws the signal's reason.
 */
export function convert(
  recording: Recording,
  target: ConversionTarget,
  signal?: AbortSignal,
  options?: PassOptions,
): AsyncIterable<Uint8Array> {
  const { facts } = recording;
  const { sampleRate, encoding, channels } = facts;
  const sameChannels = target.channels === "all" || channels === 1;
  if (sameChannels && sampleRate === target.sampleRate && encoding === target.encoding) {
    return recording.samples(signal, options);
  }
  const chosen = eachBlock(decodedBlocks(recording, signal), chooser(target.channels));
  return encode(resample(chosen, sampleRate, target.sampleRate), target.encoding);
}

/** Blocks that hold their samples only until the next, where they need not be a decoder's own. */
export function decodedBlocks(
  recording: Recording,
  signal?: AbortSignal,
): AsyncIterable<AudioBlock> {
  const { encoding, sampleRate, channels } = recording.facts;
  if (!isSampleEncoding(encoding)) return recording.blocks(signal);
  const samples = recording.samples(signal, { reuseBuffers: true });
  return decodeReusing(samples, { encoding, sampleRate, channels });
}

function chooser(channels: ConversionTarget["channels"]): (block: AudioBlock) => AudioBlock {
  if (channels === "all") return (block) => block;
  if (channels === "mix") return mixBlockInPlace;
  const index = channels === "first" ? 0 : channels;
  return (block) => pickFromBlock(block, index);
}
