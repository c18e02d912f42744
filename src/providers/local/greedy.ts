/** Chooses token after token, always the likeliest: the same audio gives the same text. */
import { repeatedEnd } from "./repetition.ts";
import { applyRules, likeliest } from "./rules.ts";
import type { SpecialTokens } from "./tokens.ts";

/** What the decoder has to say after each token. */
export interface TokenModel {
  /** @returns logits of the next token; the caller may change them */
  next(token: number): Promise<Float32Array>;
}

export interface GreedyResult {
  /** Text and timestamps, without the end. */
  readonly tokens: readonly number[];
  /** Mean over all tokens, the end among them. */
  readonly averageLogProbability: number;
  /** How it came to an end; "loop": the text repeated itself. */
  readonly ending: "end-of-text" | "loop" | "too-long";
}

/**
 * @param logits of the first token, after the prompt
 * @param maxTokens what the decoder's memory has room for
 */
export async function decodeGreedily(
  model: TokenModel,
  logits: Float32Array,
  special: SpecialTokens,
  maxTokens: number,
): Promise<GreedyResult> {
  const tokens: number[] = [];
  const text: number[] = [];
  let sum = 0;
  let next = logits;
  const result = (ending: GreedyResult["ending"], count: number): GreedyResult => ({
    tokens,
    averageLogProbability: sum / Math.max(1, count),
    ending,
  });
  while (true) {
    applyRules(next, tokens, special);
    const { token, logProbability } = likeliest(next);
    sum += logProbability;
    if (token === special.endOfText) return result("end-of-text", tokens.length + 1);
    tokens.push(token);
    if (token < special.endOfText) {
      text.push(token);
      if (repeatedEnd(text) !== undefined) return result("loop", tokens.length);
    }
    if (tokens.length === maxTokens) return result("too-long", tokens.length);
    next = await model.next(token);
  }
}
