import type { CueSettings } from "../../../src/subtitles/cue-settings.ts";
import type { Segment, Word } from "../../../src/transcript/transcript.ts";

/** Something that was said, as vendors give it, and how it is to be shown. */
export interface Case {
  /** Name of its golden file. */
  readonly name: string;
  /** What is hard about it, one line. */
  readonly about: string;
  readonly segments: readonly Segment[];
  readonly settings?: Omit<CueSettings, "style">;
  /** Default: the one that goes with the text. */
  readonly style?: string;
}

/** A segment without word times, in seconds. */
export function said(
  startS: number,
  endS: number,
  text: string,
  more: Partial<Segment> = {},
): Segment {
  return { text, startMs: Math.round(startS * 1000), endMs: Math.round(endS * 1000), ...more };
}

export interface Pace {
  readonly msPerUnit?: number;
  /** Pause after a comma, and after the end of a sentence. */
  readonly commaMs?: number;
  readonly stopMs?: number;
}

const UNIT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}'’.:/?=&_%-]*[\p{L}\p{M}\p{N}/%]|[，,、。.？?！!；;：:…]|\s+|./gu;

/** A segment whose words are timed: one for each ideograph or Latin word, with pauses at marks. */
export function spoken(
  startS: number,
  text: string,
  { msPerUnit = 190, commaMs = 220, stopMs = 450 }: Pace = {},
  more: Partial<Segment> = {},
): Segment {
  const startMs = Math.round(startS * 1000);
  const words: Word[] = [];
  let atMs = startMs;
  for (const [unit] of text.matchAll(UNIT)) {
    if (/^[，,、；;：:]$/.test(unit)) atMs += commaMs;
    else if (/^[。.？?！!…]$/.test(unit)) atMs += stopMs;
    else if (/^[\p{L}\p{N}]/u.test(unit)) {
      const lengthMs = msPerUnit * Math.max(1, Math.round(Math.sqrt(unit.length)));
      words.push({ text: unit, startMs: atMs, endMs: atMs + lengthMs });
      atMs += lengthMs;
    }
  }
  return { text, startMs, endMs: words.at(-1)?.endMs ?? startMs, words, ...more };
}
