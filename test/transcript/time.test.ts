import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatTimestamp,
  LRC_TIMESTAMP,
  millisecondsOf,
  SRT_TIMESTAMP,
  secondsOf,
  VTT_TIMESTAMP,
} from "../../src/transcript/time.ts";

const HOUR_MS = 3_600_000;

describe("millisecondsOf", () => {
  it.each([
    [0, 0],
    [1.2344, 1234],
    [1.2346, 1235],
    [0.1 + 0.2, 300],
    [59.9996, 60_000],
    [360_000.001, 360_000_001],
  ])("%d s is %d ms", (seconds, ms) => {
    expect(millisecondsOf(seconds)).toBe(ms);
  });

  it("never gives minus zero, which JSON and === would treat differently", () => {
    expect(Object.is(millisecondsOf(-0.0001), 0)).toBe(true);
  });

  it("gives back every millisecond that secondsOf wrote, for 30 000 years", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (ms) => {
        expect(millisecondsOf(secondsOf(ms))).toBe(ms);
      }),
    );
  });
});

describe("formatTimestamp", () => {
  it.each([
    [0, "00:00:00,000"],
    [999, "00:00:00,999"],
    [59_999, "00:00:59,999"],
    [60_000, "00:01:00,000"],
    [HOUR_MS - 1, "00:59:59,999"],
    [100 * HOUR_MS, "100:00:00,000"],
    [1234 * HOUR_MS + 5, "1234:00:00,005"],
    [-5, "00:00:00,000"],
  ])("writes %d ms for SRT as %s", (ms, text) => {
    expect(formatTimestamp(ms, SRT_TIMESTAMP)).toBe(text);
  });

  it("writes VTT with a dot", () => {
    expect(formatTimestamp(101 * HOUR_MS + 1, VTT_TIMESTAMP)).toBe("101:00:00.001");
  });

  it.each([
    [0, "00:00.00"],
    [59_994, "00:59.99"],
    [59_995, "01:00.00"],
    [99 * 60_000 + 59_999, "100:00.00"],
    [101 * HOUR_MS, "6060:00.00"],
  ])("writes %d ms for LRC as %s", (ms, text) => {
    expect(formatTimestamp(ms, LRC_TIMESTAMP)).toBe(text);
  });

  it("is a matter of data: one digit of hours, hundredths, as ASS has it", () => {
    const style = { hourDigits: 1, fractionSeparator: ".", fractionDigits: 2 } as const;
    expect(formatTimestamp(HOUR_MS + 1234, style)).toBe("1:00:01.23");
  });
});
