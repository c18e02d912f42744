/** A recording whose samples are compressed: its bytes can be sent, but not decoded. */
import type { Passes } from "../passes.ts";
import type { AudioFacts, ByteSource, Recording } from "../types.ts";
import { undecodedError } from "./errors.ts";
import type { CompressedFacts } from "./input.ts";

/** The recording that facts make of an input. */
export function compressedRecordingOf(
  source: ByteSource,
  passes: Passes,
  compressed: CompressedFacts,
  warnings: Recording["warnings"],
): Recording {
  const { name, reopenable, sizeBytes } = source;
  const facts: AudioFacts = { ...compressed, ...(sizeBytes === undefined ? {} : { sizeBytes }) };
  return {
    name,
    decoding: "none",
    reopenable,
    facts,
    warnings,
    bytes: (signal, options) => passes.open(signal, options),
    samples: () => failing(undecodedError(name, facts)),
    blocks: () => failing(undecodedError(name, facts)),
  };
}

function failing(error: Error): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}
