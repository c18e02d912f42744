import { describe, expect, it } from "vitest";
import { AsrError } from "../src/errors.ts";
import { createStopping } from "../src/stopping.ts";

const interrupted = (exitCode: number) => new AsrError("interrupted", "interrupted", { exitCode });

/** With a clock that the test sets. */
function stoppingAt(startMs: number) {
  let nowMs = startMs;
  const stopping = createStopping(() => nowMs);
  return {
    stopping,
    later(ms: number) {
      nowMs += ms;
    },
  };
}

describe("signals", () => {
  it("stop everything, and at once where they are sent again", () => {
    const { stopping, later } = stoppingAt(0);
    expect(stopping.signalled(interrupted(130))).toBe(true);
    expect(stopping.signal.reason).toMatchObject({ exitCode: 130 });
    later(1000);
    expect(stopping.signalled(interrupted(143))).toBe(false);
    expect(stopping.signal.reason).toMatchObject({ exitCode: 130 });
  });

  it("end first what ends in its own time, then stop everything", () => {
    const { stopping, later } = stoppingAt(0);
    const ending = stopping.ending();
    expect(stopping.ending()).toBe(ending);
    expect(stopping.signalled(interrupted(130))).toBe(true);
    expect([ending.aborted, stopping.signal.aborted]).toEqual([true, false]);
    later(1000);
    expect(stopping.signalled(interrupted(143))).toBe(true);
    expect(stopping.signal.reason).toMatchObject({ exitCode: 143 });
    later(1000);
    expect(stopping.signalled(interrupted(130))).toBe(false);
  });

  it("are one decision where they come together, as timeout sends them", () => {
    const { stopping, later } = stoppingAt(50);
    const ending = stopping.ending();
    expect(stopping.signalled(interrupted(143))).toBe(true);
    later(2);
    expect(stopping.signalled(interrupted(143))).toBe(true);
    expect([ending.aborted, stopping.signal.aborted]).toEqual([true, false]);
    later(1000);
    expect(stopping.signalled(interrupted(130))).toBe(true);
    later(2);
    expect(stopping.signalled(interrupted(130))).toBe(true);
    expect(stopping.signal.reason).toMatchObject({ exitCode: 130 });
  });
});

describe("a closed output", () => {
  it("stops everything, without making a user ask twice", () => {
    const { stopping, later } = stoppingAt(0);
    stopping.outputClosed(interrupted(0));
    expect(stopping.signal.aborted).toBe(true);
    later(1000);
    expect(stopping.signalled(interrupted(130))).toBe(true);
    later(1000);
    expect(stopping.signalled(interrupted(130))).toBe(false);
  });

  it("ends what ends in its own time, and is nothing to it after that", () => {
    const { stopping, later } = stoppingAt(0);
    const ending = stopping.ending();
    stopping.outputClosed(interrupted(0));
    stopping.outputClosed(interrupted(0));
    expect([ending.aborted, stopping.signal.aborted]).toEqual([true, false]);
    later(1000);
    stopping.signalled(interrupted(130));
    expect(stopping.signal.aborted).toBe(true);
  });

  it("is the same as the SIGHUP of the terminal that was closed", () => {
    const { stopping, later } = stoppingAt(0);
    const ending = stopping.ending();
    stopping.outputClosed(interrupted(0));
    later(3);
    expect(stopping.signalled(interrupted(143))).toBe(true);
    later(3);
    expect(stopping.signalled(interrupted(143))).toBe(true);
    expect([ending.aborted, stopping.signal.aborted]).toEqual([true, false]);
  });
});
