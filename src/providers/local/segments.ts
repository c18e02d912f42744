/** Tokens become segments: text between two timestamps. */
import { repeatedEnd } from "./repetition.ts";
import { TIMESTAMP_MS } from "./tokens.ts";

/** Text tokens with times from the window's start. */
export interface TimedTokens {
  readonly startMs: number;
  /** Undefined where the model did not say when it ended. */
  readonly endMs: number | undefined;
  readonly tokens: readonly number[];
}

/** Segments without text are left out. Only the last can be without an end. */
export function readSegments(tokens: readonly number[], timestampBegin: number): TimedTokens[] {
  const segments: TimedTokens[] = [];
  let startMs = 0;
  let text: number[] = [];
  for (const token of tokens) {
    if (token < timestampBegin) {
      text.push(token);
      continue;
    }
    const timeMs = (token - timestampBegin) * TIMESTAMP_MS;
    if (text.length > 0) segments.push({ startMs, endMs: timeMs, tokens: text });
    text = [];
    startMs = timeMs;
  }
  if (text.length > 0) segments.push({ startMs, endMs: undefined, tokens: text });
  return segments;
}

/** Leaves one of the repetitions that the text ends with, without a time for its end. */
export function cutRepetition(segments: readonly TimedTokens[]): TimedTokens[] {
  const repetition = repeatedEnd(segments.flatMap(({ tokens }) => tokens));
  if (repetition === undefined) return [...segments];
  let rest = repetition.start + repetition.period;
  const kept: TimedTokens[] = [];
  for (const segment of segments) {
    if (rest <= 0) break;
    const whole = segment.tokens.length <= rest;
    kept.push(
      whole ? segment : { ...segment, endMs: undefined, tokens: segment.tokens.slice(0, rest) },
    );
    rest -= segment.tokens.length;
  }
  return kept;
}
