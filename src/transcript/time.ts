/** Times: integer milliseconds inside, rounded once on the way in, written by one formatter. */

/** Seconds as a vendor or a file says them, rounded to integer milliseconds: the only rounding. */
export function millisecondsOf(seconds: number): number {
  return Math.round(seconds * 1000) + 0; // + 0: never −0
}

/** Integer milliseconds as a number of seconds with at most three decimals. */
export function secondsOf(ms: number): number {
  return Math.round(ms) / 1000;
}

/** How a format writes a time. */
export interface TimestampStyle {
  /** Least digits of the hours; 0: no hours, minutes run on past 59. */
  readonly hourDigits: number;
  readonly fractionSeparator: "," | ".";
  /** 3: milliseconds, 2: hundredths (rounded). */
  readonly fractionDigits: 2 | 3;
}

export const SRT_TIMESTAMP: TimestampStyle = {
  hourDigits: 2,
  fractionSeparator: ",",
  fractionDigits: 3,
};

/** W3C WebVTT, "WebVTT timestamp": two or more digits of hours. */
export const VTT_TIMESTAMP: TimestampStyle = { ...SRT_TIMESTAMP, fractionSeparator: "." };

export const LRC_TIMESTAMP: TimestampStyle = {
  hourDigits: 0,
  fractionSeparator: ".",
  fractionDigits: 2,
};

export const ASS_TIMESTAMP: TimestampStyle = {
  hourDigits: 1,
  fractionSeparator: ".",
  fractionDigits: 2,
};

/** The first field of a time (hours, or minutes) grows past its digits; negative times become 0. */
export function formatTimestamp(ms: number, style: TimestampStyle): string {
  const unitsPerSecond = 10 ** style.fractionDigits;
  // In whole units first, so that 59.999 s carries into the minute and is never "60.00".
  const units = Math.max(0, Math.round(ms / (1000 / unitsPerSecond)));
  const fraction = padded(units % unitsPerSecond, style.fractionDigits);
  const seconds = Math.floor(units / unitsPerSecond);
  const minutes = Math.floor(seconds / 60);
  const tail = `${padded(seconds % 60, 2)}${style.fractionSeparator}${fraction}`;
  if (style.hourDigits === 0) return `${padded(minutes, 2)}:${tail}`;
  return `${padded(Math.floor(minutes / 60), style.hourDigits)}:${padded(minutes % 60, 2)}:${tail}`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}

/** A place in the audio, for messages: hours, minutes and whole seconds ("0:29:55"). */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const padded = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${padded(seconds % 60)}`;
}
