/** How lengths of audio, speeds and money read in what is written for people. */

export interface Money {
  readonly amount: number;
  /** As the user's settings name it, e.g. "CNY". */
  readonly currency?: string;
}

/** "12.5 s", "47.0 min", "30.1 h". */
export function lengthText(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 3_600_000 ? `${(ms / 60_000).toFixed(1)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

/** How many times faster than it is spoken: "5.2x", "144x". */
export function speedText(speed: number): string {
  return `${speed.toFixed(speed < 10 ? 1 : 0)}x`;
}

/** "45.60 CNY", "0.0012 USD". */
export function moneyText({ amount, currency }: Money): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 4, useGrouping: false };
  const text = new Intl.NumberFormat("en", digits).format(amount);
  return currency === undefined ? text : `${text} ${currency}`;
}
