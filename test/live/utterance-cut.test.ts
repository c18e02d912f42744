import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  nextUtterance,
  openUtterance,
  type SpeechHeard,
  UTTERANCE_RULES,
  type Utterance,
} from "../../src/live/utterance-cut.ts";
import type { Interval } from "../../src/transcript/transcript.ts";

const spot = (fromMs: number, toMs: number) => Math.floor((fromMs + toMs) / 2);
const interval = (startMs: number, endMs: number): Interval => ({ startMs, endMs });

function next(heard: Partial<SpeechHeard>, fromMs = 0): Utterance | undefined {
  const all = { speech: [], openSinceMs: undefined, endMs: 0, ended: false, ...heard };
  return nextUtterance(all, fromMs, UTTERANCE_RULES, spot);
}

describe("an utterance", () => {
  it("is over after a pause of 600 ms, with 300 ms before and after it", () => {
    const speech = [interval(1_000, 2_000)];
    expect(next({ speech, endMs: 2_599 })).toBeUndefined();
    expect(next({ speech, endMs: 2_600 })).toEqual({ startMs: 700, endMs: 2_300, speech });
  });

  it("goes on over shorter pauses, and while somebody speaks", () => {
    const speech = [interval(1_000, 2_000), interval(2_500, 3_000)];
    expect(next({ speech, openSinceMs: 3_400, endMs: 9_000 })).toBeUndefined();
  });

  it("waits for company where it is hardly a word, but not for long", () => {
    const speech = [interval(1_000, 1_200)];
    expect(next({ speech, endMs: 2_100 })).toBeUndefined();
    expect(next({ speech, endMs: 2_200 })).toMatchObject({ startMs: 700, endMs: 1_500 });
  });

  it("ends with the input", () => {
    const speech = [interval(1_000, 2_000)];
    expect(next({ speech, endMs: 2_050, ended: true })).toMatchObject({ endMs: 2_050 });
  });

  it("shares a pause with the next", () => {
    const speech = [interval(1_000, 2_000), interval(2_600, 4_000)];
    const first = next({ speech, endMs: 6_000 });
    expect(first).toMatchObject({ endMs: 2_300 });
    expect(next({ speech, endMs: 6_000 }, first?.endMs)).toMatchObject({ startMs: 2_300 });
  });

  it("is cut in the longest of its last pauses where it is too long", () => {
    const speech = [interval(1_000, 10_000), interval(10_500, 20_000), interval(20_300, 25_000)];
    const cut = next({ speech, openSinceMs: 25_100, endMs: 29_000 });
    expect(cut).toMatchObject({ startMs: 700, endMs: 20_150, speech: speech.slice(0, 2) });
  });

  it("is cut at the quietest spot of its last seconds where nobody pauses", () => {
    const cut = next({ openSinceMs: 1_000, endMs: 28_701 });
    expect(cut).toMatchObject({ startMs: 700, endMs: spot(23_700, 28_700) });
    expect(next({ openSinceMs: 1_000, endMs: 30_000 }, cut?.endMs)).toBeUndefined();
  });

  it("is known while it is open", () => {
    const heard = { speech: [], openSinceMs: 1_000, endMs: 3_000, ended: false };
    expect(openUtterance(heard, 800, UTTERANCE_RULES)).toMatchObject({
      startMs: 800,
      endMs: 3_000,
    });
    expect(openUtterance({ ...heard, openSinceMs: undefined }, 0, UTTERANCE_RULES)).toBeUndefined();
  });

  it("has all speech in one, and nothing in two, however it comes", () => {
    const script = fc.array(
      fc.record({
        pauseMs: fc.integer({ min: 100, max: 2_000 }),
        speechMs: fc.integer({ min: 100, max: 40_000 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(script, fc.integer({ min: 20, max: 5_000 }), (pieces, stepMs) => {
        let atMs = 0;
        const spoken = pieces.map(({ pauseMs, speechMs }) => {
          atMs += pauseMs + speechMs;
          return interval(atMs - speechMs, atMs);
        });
        const utterances = cutAll(spoken, atMs + 500, stepMs);
        let fromMs = 0;
        for (const { startMs, endMs } of utterances) {
          expect(startMs).toBeGreaterThanOrEqual(fromMs);
          expect(endMs - startMs).toBeLessThanOrEqual(UTTERANCE_RULES.maxMs);
          expect(endMs).toBeGreaterThan(startMs);
          fromMs = endMs;
        }
        for (const { startMs, endMs } of spoken) {
          const inside = utterances.reduce((sum, utterance) => {
            const from = Math.max(startMs, utterance.startMs);
            return sum + Math.max(0, Math.min(endMs, utterance.endMs) - from);
          }, 0);
          expect(inside).toBe(endMs - startMs);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function cutAll(spoken: readonly Interval[], lengthMs: number, stepMs: number): Utterance[] {
  const utterances: Utterance[] = [];
  let fromMs = 0;
  for (let endMs = 0; endMs < lengthMs + stepMs; endMs += stepMs) {
    const ended = endMs >= lengthMs;
    const nowMs = Math.min(endMs, lengthMs);
    const open = spoken.find((piece) => piece.startMs < nowMs && piece.endMs + 100 > nowMs);
    const heard: SpeechHeard = {
      speech: spoken.filter((piece) => ended || piece.endMs + 100 <= nowMs),
      openSinceMs: ended ? undefined : open?.startMs,
      endMs: nowMs,
      ended,
    };
    for (;;) {
      const utterance = nextUtterance(heard, fromMs, UTTERANCE_RULES, spot);
      if (utterance === undefined) break;
      utterances.push(utterance);
      fromMs = utterance.endMs;
    }
  }
  return utterances;
}
