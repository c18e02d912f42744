import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RunPace, timeLeftMs } from "../../src/terminal/time-left.ts";

const PACE: RunPace = {
  workingMs: 10_000,
  endedCount: 10,
  endedAudioMs: 100_000,
  waiting: 90,
  running: [],
};

describe("the time that is left", () => {
  it("goes by the audio recognised a second, and the mean of what waits", () => {
    expect(timeLeftMs(PACE)).toBe(90_000);
    const running = [{ doneMs: 0, totalMs: 500_000 }, { doneMs: 0 }];
    expect(timeLeftMs({ ...PACE, waiting: 0, running })).toBe(51_000);
  });

  it("goes by inputs where no audio is known of", () => {
    expect(timeLeftMs({ ...PACE, endedAudioMs: 0 })).toBe(90_000);
  });

  it("is not told before it means something", () => {
    expect(timeLeftMs({ ...PACE, workingMs: 4000 })).toBe(undefined);
    expect(timeLeftMs({ ...PACE, endedCount: 2 })).toBe(undefined);
    const running = Array.from({ length: 20 }, () => ({ doneMs: 0, totalMs: 1000 }));
    expect(timeLeftMs({ ...PACE, running })).toBe(undefined);
  });

  it("is told of the last jobs by how far they are", () => {
    const running = [{ doneMs: 30_000, totalMs: 60_000 }];
    const last = { workingMs: 10_000, endedCount: 0, endedAudioMs: 0, waiting: 0, running };
    expect(timeLeftMs(last)).toBe(10_000);
  });

  it("is never below nothing", () => {
    const count = fc.nat(1000);
    const running = fc.array(fc.record({ doneMs: fc.nat(), totalMs: fc.nat() }), { maxLength: 5 });
    const pace = fc.record({
      ...{
        workingMs: fc.nat(),
        endedCount: count,
        endedAudioMs: fc.nat(),
        waiting: count,
        running,
      },
    });
    fc.assert(
      fc.property(pace, (one) => {
        const left = timeLeftMs(one);
        expect(left === undefined || (left >= 0 && Number.isFinite(left))).toBe(true);
      }),
    );
  });
});
