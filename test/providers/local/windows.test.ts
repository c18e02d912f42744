import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  longestPauseIndex,
  nextWindow,
  WINDOW_RULES,
  type Window,
} from "../../../src/providers/local/windows.ts";
import type { Interval } from "../../../src/transcript/transcript.ts";

/** "1-4 5-9" in seconds. */
function seconds(text: string): Interval[] {
  return text.split(" ").map((interval) => {
    const [start = 0, end = 0] = interval.split("-").map(Number);
    return { startMs: start * 1_000, endMs: end * 1_000 };
  });
}

/** All windows of a recording that is known whole; a window cut in speech goes on at `resume`. */
function windows(intervals: readonly Interval[], resume = (window: Window) => window.endMs) {
  const found: Window[] = [];
  const analysedMs = (intervals.at(-1)?.endMs ?? 0) + 1_000;
  for (let fromMs = 0; ; ) {
    const soFar = { intervals, openSinceMs: undefined, analysedMs, ended: true };
    const window = nextWindow(soFar, fromMs, WINDOW_RULES);
    if (window === undefined) return found;
    found.push(window);
    fromMs = resume(window);
  }
}

const bounds = (found: readonly Window[]) =>
  found.map(({ startMs, endMs }) => [startMs / 1_000, endMs / 1_000]);

describe("windows of a recording", () => {
  it("hold what fits, with a little of the silence around", () => {
    expect(bounds(windows(seconds("1-4 5-9 10-14")))).toEqual([[0.7, 14.3]]);
  });

  it("end at a long silence", () => {
    expect(bounds(windows(seconds("1-4 8-9")))).toEqual([
      [0.7, 4.3],
      [7.7, 9.3],
    ]);
  });

  it("are cut in the longest pause of their last third, not in the last", () => {
    const found = windows(seconds("0-10 11.5-21 22-25 25.2-28 28.3-40"));
    expect(bounds(found)).toEqual([
      [0, 21.3],
      [21.7, 40.3],
    ]);
  });

  it("are cut in the last pause where none is late enough", () => {
    expect(bounds(windows(seconds("0-5 5.5-9 9.5-35")))).toEqual([
      [0, 9.25],
      [9.25, 35.3],
    ]);
  });

  it("end within speech only where there is no pause", () => {
    const [first, second] = windows(seconds("2-40"), (window) =>
      window.open ? window.endMs - 2_000 : window.endMs,
    );
    expect(first).toEqual({
      startMs: 1_700,
      endMs: 30_700,
      speech: [{ startMs: 2_000, endMs: 30_700 }],
      open: true,
    });
    expect(second).toMatchObject({ startMs: 28_700, endMs: 40_300, open: false });
  });

  it("lose and double nothing, and are never too long", () => {
    const pauses = fc.array(
      fc.record({
        pauseMs: fc.integer({ min: 100, max: 6_000 }),
        speechMs: fc.integer({ min: 96, max: 70_000 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pauses, (parts) => {
        let endMs = 0;
        const intervals = parts.map(({ pauseMs, speechMs }) => {
          const startMs = endMs + pauseMs;
          endMs = startMs + speechMs;
          return { startMs, endMs };
        });
        const found = windows(intervals);
        let doneMs = 0;
        for (const window of found) {
          expect(window.startMs).toBeGreaterThanOrEqual(doneMs);
          expect(window.endMs - window.startMs).toBeLessThanOrEqual(WINDOW_RULES.maxMs);
          doneMs = window.endMs;
        }
        const heard = found.flatMap(({ speech }) => speech);
        const length = (list: readonly Interval[]) =>
          list.reduce((sum, interval) => sum + interval.endMs - interval.startMs, 0);
        expect(length(heard)).toBe(length(intervals));
        for (const { startMs, endMs: heardEndMs } of heard) {
          const inside = (interval: Interval) =>
            startMs >= interval.startMs && heardEndMs <= interval.endMs;
          expect(intervals.some(inside)).toBe(true);
        }
      }),
    );
  });
});

describe("while the recording goes on", () => {
  const soFar = (text: string, analysed: number, openSince?: number) => ({
    intervals: seconds(text),
    openSinceMs: openSince === undefined ? undefined : openSince * 1_000,
    analysedMs: analysed * 1_000,
    ended: false,
  });

  it("a window waits until it is certain", () => {
    expect(nextWindow(soFar("1-4", 6), 0, WINDOW_RULES)).toBeUndefined();
    expect(nextWindow(soFar("1-4", 12, 6), 0, WINDOW_RULES)).toBeUndefined();
    expect(nextWindow(soFar("1-4", 7.1), 0, WINDOW_RULES)).toMatchObject({ endMs: 4_300 });
  });

  it("a window is full when the speech that is going on does not fit any more", () => {
    expect(nextWindow(soFar("1-15", 29.6, 16), 0, WINDOW_RULES)).toBeUndefined();
    expect(nextWindow(soFar("1-15", 29.8, 16), 0, WINDOW_RULES)).toMatchObject({ endMs: 15_300 });
  });

  it("speech without a pause makes a window of its own", () => {
    const window = nextWindow(soFar("0-0", 40, 1), 0, WINDOW_RULES);
    expect(window).toMatchObject({ open: true, endMs: 29_700 });
  });
});

describe("the longest pause", () => {
  it("is where a window is halved", () => {
    expect(longestPauseIndex(seconds("0-1 2-3 5-6 7-8"))).toBe(2);
    expect(longestPauseIndex(seconds("0-1"))).toBe(0);
    expect(longestPauseIndex([])).toBe(0);
  });
});
