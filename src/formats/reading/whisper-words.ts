/** Words of whisper's and OpenAI's JSON. */
import { z } from "zod";
import { millisecondsOf } from "../../transcript/time.ts";
import type { Word } from "../../transcript/transcript.ts";

const seconds = z.number().optional().catch(undefined);

export const WHISPER_WORD = z.looseObject({ word: z.string(), start: seconds, end: seconds });

type JsonWord = z.output<typeof WHISPER_WORD>;

/** WhisperX leaves figures without times: such a word lasts from the one before to the one after. */
export function timedWords(
  words: readonly JsonWord[],
  { startMs, endMs }: { readonly startMs?: number; readonly endMs?: number } = {},
): Word[] {
  const timed: Word[] = [];
  for (const [index, { word, start, end }] of words.entries()) {
    const text = word.trim();
    const fromMs = start === undefined ? (timed.at(-1)?.endMs ?? startMs) : millisecondsOf(start);
    if (text === "" || fromMs === undefined) continue;
    const untilMs = end === undefined ? nextStartMs(words, index) : millisecondsOf(end);
    const toMs = Math.max(fromMs, untilMs ?? endMs ?? fromMs);
    timed.push({ text, startMs: Math.max(0, fromMs), endMs: Math.max(0, toMs) });
  }
  return timed;
}

function nextStartMs(words: readonly JsonWord[], index: number): number | undefined {
  for (let next = index + 1; next < words.length; next += 1) {
    const start = words[next]?.start;
    if (start !== undefined) return millisecondsOf(start);
  }
  return undefined;
}
