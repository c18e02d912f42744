import { expect, it } from "vitest";
import { rateLimitResetMs, retryAfterMs } from "../../src/http/retry-after.ts";

const NOW_MS = Date.UTC(2026, 0, 1, 12, 0, 0);

it.each<[string | undefined, number | undefined]>([
  ["0", 0],
  ["20", 20_000],
  ["1.5", 1_500],
  [" 3 ", 3_000],
  ["Thu, 01 Jan 2026 12:00:30 GMT", 30_000],
  ["Thu, 01 Jan 2026 11:00:00 GMT", 0],
  ["-5", undefined],
  ["soon", undefined],
  ["2026", 2_026_000],
  ["", undefined],
  [undefined, undefined],
])("Retry-After: %s is %s ms", (value, expected) => {
  expect(retryAfterMs(value === undefined ? {} : { "retry-after": value }, NOW_MS)).toBe(expected);
});

it("x-ogw-ratelimit-reset counts seconds", () => {
  expect(rateLimitResetMs({ "x-ogw-ratelimit-reset": "43" })).toBe(43_000);
  expect(rateLimitResetMs({ "x-ogw-ratelimit-reset": "x" })).toBeUndefined();
  expect(rateLimitResetMs({})).toBeUndefined();
});
