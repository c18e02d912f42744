/** How long a vendor asks to wait. */

/** Lower-case names. */
type Headers = Readonly<Record<string, string>>;

/**
 * The longest wait that the headers ask for.
 *
 * @param nowMs Milliseconds since the epoch.
 * @param tooMany The limit is what went wrong.
 * @returns Milliseconds from now, or undefined where they ask for none.
 */
export function waitAskedMs(headers: Headers, nowMs: number, tooMany: boolean): number | undefined {
  const asked = [
    retryAfterMs(headers, nowMs),
    tooMany ? rateLimitResetMs(headers) : undefined,
  ].filter((ms) => ms !== undefined);
  return asked.length === 0 ? undefined : Math.max(...asked);
}

/**
 * `Retry-After` (RFC 9110, 10.2.3: seconds or a date).
 *
 * @param nowMs Milliseconds since the epoch.
 * @returns Milliseconds from now, or undefined where there is none that can be read.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers["retry-after"];
  return secondsMs(value) ?? dateMs(value, nowMs);
}

/**
 * `x-ogw-ratelimit-reset` (Feishu and Lark, "Rate limits"): seconds until the limit resets. It
 * counts only where the limit is what went wrong.
 *
 * @returns Milliseconds from now, or undefined where there is none that can be read.
 */
export function rateLimitResetMs(headers: Headers): number | undefined {
  return secondsMs(headers["x-ogw-ratelimit-reset"]);
}

function secondsMs(value: string | undefined): number | undefined {
  if (value === undefined || !/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return undefined;
  return Math.ceil(Number(value) * 1000);
}

/** An HTTP date names its month; `Date.parse` alone would take much more for one. */
function dateMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined || !/[a-z]{3}/i.test(value)) return undefined;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
