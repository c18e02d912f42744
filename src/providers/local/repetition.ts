/** Loops: the model says the same again and again, and would until its memory is full. */
import { deflateSync } from "node:zlib";

/** A phrase longer than this is not looked for. */
const MAX_PERIOD = 40;
/** Said so often, and so many tokens of it, nobody means it. */
const MIN_TIMES = 4;
const MIN_TOKENS = 24;

/** Over this the text repeats itself (openai/whisper, `compression_ratio_threshold`). */
export const MAX_COMPRESSION_RATIO = 2.4;

/** The end of some tokens, where it is one phrase over and over. */
export interface Repetition {
  /** Index of the phrase's first token. */
  readonly start: number;
  /** Tokens in the phrase. */
  readonly period: number;
}

/** Looks for a phrase that the tokens end with several times; text tokens only, without times. */
export function repeatedEnd(tokens: readonly number[]): Repetition | undefined {
  for (let period = 1; period <= Math.min(MAX_PERIOD, tokens.length / MIN_TIMES); period++) {
    let start = tokens.length - period;
    while (start > 0 && tokens[start - 1] === tokens[start - 1 + period]) start--;
    const repeated = tokens.length - start;
    if (repeated >= MIN_TOKENS && repeated >= MIN_TIMES * period) return { start, period };
  }
  return undefined;
}

/** Size of a text over its size compressed, as openai/whisper measures it. */
export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text, "utf8");
  return bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length;
}
