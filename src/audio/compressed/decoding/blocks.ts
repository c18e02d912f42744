/** Decoded blocks of a compressed recording. */
import { AsrError } from "../../../errors.ts";
import type { AudioBlock, AudioFacts } from "../../types.ts";
import { frameCountOf, MissingDecoder } from "./decoder.ts";
import { nothingDecodedError, otherShapeError } from "./errors.ts";
import type { DecodingInput, Route } from "./route.ts";

/**
 * What a route gives, in blocks of at most a second and in the shape that the facts say.
 *
 * @throws AsrError kind "audio" where nothing can be decoded, or the rate changes on the way;
 *   MissingDecoder, before any block; what reading throws; the signal's reason.
 */
export async function* decodedBlocks(
  route: Route,
  input: DecodingInput,
): AsyncGenerator<AudioBlock> {
  const { source, facts, signal } = input;
  let frameCount = 0;
  try {
    for await (const decoded of route(input)) {
      if (frameCountOf(decoded) === 0) continue;
      if (decoded.sampleRate !== facts.sampleRate) {
        throw otherShapeError(source.name, facts, decoded, frameCount);
      }
      const channelData = inChannels(decoded.channelData, facts.channels);
      if (channelData === undefined) {
        throw otherShapeError(source.name, facts, decoded, frameCount);
      }
      yield* secondsOf(channelData, facts);
      frameCount += frameCountOf(decoded);
    }
  } catch (error) {
    if (error instanceof AsrError || error instanceof MissingDecoder) throw error;
    signal?.throwIfAborted();
    throw nothingDecodedError(source.name, facts, error);
  }
  if (frameCount === 0) throw nothingDecodedError(source.name, facts);
}

/** Undefined where there is no telling how many channels become so many others. */
function inChannels(
  channelData: readonly Float32Array[],
  count: number,
): readonly Float32Array[] | undefined {
  const [first, second] = channelData;
  if (channelData.length === count || first === undefined) return channelData;
  if (channelData.length === 1) return Array.from({ length: count }, () => first.slice());
  if (channelData.length !== 2 || count !== 1 || second === undefined) return undefined;
  for (let frame = 0; frame < first.length; frame++) {
    first[frame] = ((first[frame] ?? 0) + (second[frame] ?? 0)) / 2;
  }
  return [first];
}

function* secondsOf(
  channelData: readonly Float32Array[],
  { sampleRate }: AudioFacts,
): Generator<AudioBlock> {
  const frameCount = channelData[0]?.length ?? 0;
  if (frameCount <= sampleRate) {
    yield { channelData };
    return;
  }
  for (let start = 0; start < frameCount; start += sampleRate) {
    yield {
      channelData: channelData.map((samples) => samples.subarray(start, start + sampleRate)),
    };
  }
}
