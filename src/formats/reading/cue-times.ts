/** The line with a cue's times, as SRT and WebVTT write it, read as leniently as ffmpeg does. */

export interface CueTimes {
  readonly startMs: number;
  readonly endMs: number;
  /** What stands behind the times. */
  readonly settings: string;
  /** What stands between seconds and fraction, each kind once. */
  readonly separators: readonly string[];
}

const TIME = "-?(?:\\d+:)?\\d{1,2}:\\d{1,2}(?:[,.:]\\d{1,3})?";
const TIMES = new RegExp(`^\\s*(${TIME})\\s*-{2,}>\\s*(${TIME})(?:\\s+(.*))?$`);
const PARTS = /^(-?)(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:([,.:])(\d{1,3}))?$/;
const LOOKS_LIKE_TIME = /\d\s*:\s*\d/;
const ARROW = /-{2,}>/;
const NEAR_ARROW = /[-–—=]+>|→/;

/** @returns undefined for a line that is none of times */
export function cueTimesOf(line: string): CueTimes | undefined {
  const [, start = "", end = "", rest = ""] = TIMES.exec(line) ?? [];
  const [from, to] = [timeOf(start), timeOf(end)];
  if (from === undefined || to === undefined) return undefined;
  return {
    startMs: from.ms,
    endMs: to.ms,
    settings: rest.trim(),
    separators: [...new Set([from.separator, to.separator])],
  };
}

/** @returns undefined for what is no time; a time before 0 is 0 */
export function timeOf(text: string): { ms: number; separator: string } | undefined {
  const found = PARTS.exec(text.trim());
  if (found === null) return undefined;
  const [, sign, hours = "0", minutes, seconds, separator = "", fraction = ""] = found;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  // "1,5" is a second and a half.
  const ms = whole * 1000 + Number(fraction.padEnd(3, "0"));
  return { ms: sign === "-" ? 0 : ms, separator };
}

/** Whether a line was meant to be times and can't be read as such. */
export function looksLikeTimes(line: string, isWhereTimesBelong: boolean): boolean {
  const arrow = isWhereTimesBelong ? NEAR_ARROW : ARROW;
  return LOOKS_LIKE_TIME.test(line) && arrow.test(line) && cueTimesOf(line) === undefined;
}
