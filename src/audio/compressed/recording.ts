/** A recording whose samples are compressed. */
import type { AsrError } from "../../errors.ts";
import type { Passes } from "../passes.ts";
import type {
  AudioBlock,
  AudioFacts,
  ByteSource,
  Container,
  Decoding,
  MediaTools,
  Recording,
} from "../types.ts";
import { decodedBlocks } from "./decoding/blocks.ts";
import { MissingDecoder, type Oddity } from "./decoding/decoder.ts";
import { oddityWarning } from "./decoding/oddities.ts";
import { routeOf } from "./decoding/table.ts";
import { undecodedError } from "./errors.ts";
import { ffmpegBlocks } from "./ffmpeg/blocks.ts";
import { toolMissingError } from "./ffmpeg/errors.ts";
import type { CompressedFacts } from "./input.ts";
import { rewrap } from "./rewrap.ts";

/**
 * The recording that facts make of an input.
 *
 * @param tools decode what nothing here does.
 */
export function compressedRecordingOf(
  source: ByteSource,
  passes: Passes,
  compressed: CompressedFacts,
  firstWarnings: Recording["warnings"],
  tools?: MediaTools,
): Recording {
  const { name, reopenable, sizeBytes } = source;
  const facts: AudioFacts = { ...compressed, ...(sizeBytes === undefined ? {} : { sizeBytes }) };
  const warnings = [...firstWarnings];
  const warn = (warning: Recording["warnings"][number]) => {
    if (!warnings.some(({ code }) => code === warning.code)) warnings.push(warning);
  };
  const route = routeOf(facts);

  async function* bundledBlocks(signal?: AbortSignal): AsyncGenerator<AudioBlock> {
    if (route === undefined) throw new MissingDecoder();
    let frameCount = 0;
    const note = (oddity: Oddity) => {
      warn(oddityWarning(name, oddity, frameCount / facts.sampleRate));
    };
    const open = passes.open;
    for await (const block of decodedBlocks(route, { source, facts, open, note, signal })) {
      frameCount += block.channelData[0]?.length ?? 0;
      yield block;
    }
  }

  async function* blocks(signal?: AbortSignal): AsyncGenerator<AudioBlock> {
    try {
      return yield* bundledBlocks(signal);
    } catch (error) {
      if (!(error instanceof MissingDecoder)) throw error;
      if (tools === undefined) {
        throw toolMissingError(name, `there is no decoder for ${facts.encoding} here`);
      }
    }
    // A pipe's beginning has been read, and comes again by its pass alone.
    const input = reopenable ? source : { ...source, open: passes.open };
    yield* ffmpegBlocks(input, facts, tools, signal, warn);
  }

  return {
    name,
    decoding: decodingOf(route !== undefined, tools),
    reopenable,
    facts,
    warnings,
    bytes: (signal, options) => passes.open(signal, options),
    samples: () => failing(undecodedError(name, facts)),
    blocks,
    ...(source.openRanges === undefined
      ? {}
      : {
          rewrap: (container: Container, signal?: AbortSignal) =>
            rewrap(source, facts, container, signal),
        }),
  };
}

function decodingOf(isBundled: boolean, tools: MediaTools | undefined): Decoding {
  if (isBundled) return "bundled";
  return tools === undefined ? "none" : "ffmpeg";
}

function failing(error: AsrError): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}
