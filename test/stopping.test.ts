import { describe, expect, it } from "vitest";
import { AsrError } from "../src/errors.ts";
import { createStopping } from "../src/stopping.ts";

const interrupted = (exitCode: number) => new AsrError("interrupted", "interrupted", { exitCode });

describe("signals", () => {
  it("stop everything, and at once where they are sent again", () => {
    const stopping = createStopping();
    expect(stopping.signalled(interrupted(130))).toBe(true);
    expect(stopping.signal.reason).toMatchObject({ exitCode: 130 });
    expect(stopping.signalled(interrupted(143))).toBe(false);
    expect(stopping.signal.reason).toMatchObject({ exitCode: 130 });
  });

  it("end first what ends in its own time, then stop everything", () => {
    const stopping = createStopping();
    const ending = stopping.ending();
    expect(stopping.ending()).toBe(ending);
    expect(stopping.signalled(interrupted(130))).toBe(true);
    expect([ending.aborted, stopping.signal.aborted]).toEqual([true, false]);
    expect(stopping.signalled(interrupted(143))).toBe(true);
    expect(stopping.signal.reason).toMatchObject({ exitCode: 143 });
    expect(stopping.signalled(interrupted(130))).toBe(false);
  });
});

describe("a closed output", () => {
  it("stops everything, without making a user ask twice", () => {
    const stopping = createStopping();
    stopping.outputClosed(interrupted(0));
    expect(stopping.signal.aborted).toBe(true);
    expect(stopping.signalled(interrupted(130))).toBe(true);
    expect(stopping.signalled(interrupted(130))).toBe(false);
  });

  it("ends what ends in its own time, and is nothing to it after that", () => {
    const stopping = createStopping();
    const ending = stopping.ending();
    stopping.outputClosed(interrupted(0));
    stopping.outputClosed(interrupted(0));
    expect([ending.aborted, stopping.signal.aborted]).toEqual([true, false]);
    stopping.signalled(interrupted(130));
    expect(stopping.signal.aborted).toBe(true);
  });
});
