/**
 * Which tokens may come next, as openai/whisper decides it (`whisper/decoding.py`: SuppressBlank,
 * SuppressTokens, ApplyTimestampRules). Pure, but for the logits, which are changed in place.
 */
import type { SpecialTokens } from "./tokens.ts";
import { TIMESTAMP_MS } from "./tokens.ts";

/** The first timestamp is at most a second in (`max_initial_timestamp`). */
const MAX_INITIAL_TIMESTAMP = 1_000 / TIMESTAMP_MS;

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Forbids tokens by setting their logits to −∞.
 *
 * @param logits one for each token
 * @param sampled the tokens chosen so far, after the prompt
 */
export function applyRules(
  logits: Float32Array,
  sampled: readonly number[],
  special: SpecialTokens,
): void {
  for (const token of special.suppressed) logits[token] = NEVER;
  logits[special.noTimestamps] = NEVER;
  if (sampled.length === 0) {
    for (const token of special.suppressedAtBegin) logits[token] = NEVER;
    logits.fill(NEVER, 0, special.timestampBegin);
    logits.fill(NEVER, special.timestampBegin + MAX_INITIAL_TIMESTAMP + 1);
    return;
  }
  pairTimestamps(logits, sampled, special);
  preferTimestamp(logits, special.timestampBegin);
}

/** Timestamps come in pairs, an end and a start, but for the first and the last; they never fall. */
function pairTimestamps(
  logits: Float32Array,
  sampled: readonly number[],
  { timestampBegin, endOfText }: SpecialTokens,
): void {
  const isTimestamp = (token: number | undefined) => token === undefined || token >= timestampBegin;
  const lastIs = isTimestamp(sampled.at(-1));
  const lastButOneIs = isTimestamp(sampled.at(-2));
  if (lastIs && lastButOneIs) logits.fill(NEVER, timestampBegin);
  else if (lastIs) logits.fill(NEVER, 0, endOfText);
  const last = sampled.findLast((token) => token >= timestampBegin);
  if (last === undefined) return;
  // A start may repeat the end before it; an end is later than its start.
  logits.fill(NEVER, timestampBegin, lastIs && !lastButOneIs ? last : last + 1);
}

/** Where all timestamps together are likelier than any other token, one of them it is. */
function preferTimestamp(logits: Float32Array, timestampBegin: number): void {
  const times = logits.subarray(timestampBegin);
  if (logSumExp(times) > maximum(logits.subarray(0, timestampBegin))) {
    logits.fill(NEVER, 0, timestampBegin);
  }
}

/** Greedy choice: the likeliest token and the logarithm of its probability. */
export function likeliest(logits: Float32Array): { token: number; logProbability: number } {
  const best = maximum(logits);
  return { token: logits.indexOf(best), logProbability: best - logSumExp(logits) };
}

/** The probability of one token. */
export function probabilityOf(logits: Float32Array, token: number): number {
  return Math.exp((logits[token] ?? NEVER) - logSumExp(logits));
}

function maximum(logits: Float32Array): number {
  let best = NEVER;
  for (const logit of logits) if (logit > best) best = logit;
  return best;
}

function logSumExp(logits: Float32Array): number {
  const best = maximum(logits);
  if (best === NEVER) return NEVER;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - best);
  return best + Math.log(sum);
}
