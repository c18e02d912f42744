import { describe, expect, it } from "vitest";
import { type Heard, sessionEnd, sessionStart } from "../../src/live/session-cut.ts";

const limits = { renewAfterMs: 4000, maxMs: 30_000 };
const heard = (changes: Partial<Heard>): Heard => ({
  speech: [],
  openSinceMs: undefined,
  endMs: 0,
  ended: false,
  ...changes,
});
const speech = (...bounds: readonly (readonly [number, number])[]) =>
  bounds.map(([startMs, endMs]) => ({ startMs, endMs }));

describe("where a session ends", () => {
  it.each([
    ["a pause that is long enough", [500, 5000], 5500, 5400, 5400],
    ["not before the last word has died away", [500, 5000], 5600, 5000, 5250],
    ["no pause that may still be inside a sentence", [500, 5000], 5499, 5200, undefined],
    ["no pause before its time", [500, 2000], 3900, 3800, undefined],
    ["the pause that its time comes in", [500, 2000], 4100, 3900, 4000],
  ] as const)("%s", (_, said, endMs, sentMs, expected) => {
    const known = heard({ speech: speech(said), endMs });
    expect(sessionEnd(known, { startMs: 0, sentMs }, limits)).toBe(expected);
  });

  it("takes the first of several pauses that were never sent", () => {
    const known = heard({
      speech: speech([0, 5000], [6000, 9000], [10_000, 12_000]),
      endMs: 13_000,
    });
    expect(sessionEnd(known, { startMs: 0, sentMs: 0 }, limits)).toBe(5250);
  });

  it("takes any pause when half of its time is over", () => {
    const known = heard({ speech: speech([0, 17_500]), openSinceMs: 17_620, endMs: 18_000 });
    expect(sessionEnd(known, { startMs: 0, sentMs: 17_400 }, limits)).toBe(17_560);
    expect(sessionEnd(known, { startMs: 2000, sentMs: 17_400 }, limits)).toBeUndefined();
    // It was sent before it could be known.
    expect(sessionEnd(known, { startMs: 0, sentMs: 17_700 }, limits)).toBeUndefined();
  });

  it("ends early only where nobody speaks for long", () => {
    const slow = { renewAfterMs: 300_000, maxMs: 600_000 };
    const place = { startMs: 0, sentMs: 11_800 };
    const known = (endMs: number) => heard({ speech: speech([500, 2000]), endMs });
    expect(sessionEnd(known(11_900), place, slow)).toBeUndefined();
    expect(sessionEnd(known(12_000), place, slow)).toBe(11_800);
  });
});

describe("where a session begins", () => {
  it("has a little of what was before the speech, and nothing twice", () => {
    const known = heard({ speech: speech([3000, 4000]), endMs: 4200 });
    expect(sessionStart(known, 0)).toBe(2500);
    expect(sessionStart(known, 2800)).toBe(2800);
    expect(sessionStart(known, 3300)).toBe(3300);
    expect(sessionStart(known, 4000)).toBeUndefined();
  });

  it("does not wait for the end of the speech, only until it is no click", () => {
    expect(sessionStart(heard({ openSinceMs: 1000, endMs: 1100 }), 0)).toBeUndefined();
    expect(sessionStart(heard({ openSinceMs: 1000, endMs: 1130 }), 0)).toBe(500);
    expect(sessionStart(heard({ openSinceMs: 1000, endMs: 1100, ended: true }), 0)).toBe(500);
  });
});
