/** The times in a transcript of any format, apart from what stands around them. */
import { millisecondsOf } from "../transcript/time.ts";

interface TimePattern {
  /** One group: the time. What it does not take in stays. */
  readonly pattern: RegExp;
  readonly msOf: (written: string) => number;
}

/** "01:02:03,456", "62:03.45". */
function clockMs(written: string): number {
  const units = written.replace(",", ".").split(":").map(Number);
  return millisecondsOf(units.reduce((sum, unit) => sum * 60 + unit, 0));
}

const CUE: TimePattern = {
  pattern: /(?<=^|--> )\d+(?::\d\d)+[.,]\d{3}(?= -->|$|\s)/gm,
  msOf: clockMs,
};
const SECONDS: TimePattern = {
  pattern: /(?<="(?:start|end)": ?)\d+(?:\.\d+)?/g,
  msOf: (written) => millisecondsOf(Number(written)),
};

const PATTERNS: Readonly<Record<string, TimePattern>> = {
  srt: CUE,
  vtt: CUE,
  lrc: { pattern: /(?<=^\[)\d+:\d\d\.\d\d(?=\])/gm, msOf: clockMs },
  tsv: { pattern: /(?<=^|^\d+\t)\d+(?=\t)/gm, msOf: Number },
  json: SECONDS,
  jsonl: SECONDS,
};

export interface TimedText {
  /** The text with a sign in the place of each time. */
  readonly around: string;
  readonly timesMs: readonly number[];
}

/** @param format name of a transcript format; one without times has none */
export function timesIn(format: string, text: string): TimedText {
  const known = PATTERNS[format];
  const timesMs: number[] = [];
  if (known === undefined) return { around: text, timesMs };
  const around = text.replace(known.pattern, (written) => {
    timesMs.push(known.msOf(written));
    return "⏱";
  });
  return { around, timesMs };
}

/** How much later each time comes; undefined where there are not as many. */
export function shiftsMs(expected: TimedText, actual: TimedText): readonly number[] | undefined {
  if (expected.timesMs.length !== actual.timesMs.length) return undefined;
  return actual.timesMs.map((ms, index) => ms - (expected.timesMs[index] ?? ms));
}

/** "+0.040 s", "−1.200 s", "0 s". */
export function shiftText(ms: number): string {
  if (ms === 0) return "0 s";
  return `${ms < 0 ? "−" : "+"}${(Math.abs(ms) / 1000).toFixed(3)} s`;
}
