import { describe, expect, it } from "vitest";
import { drawToSpeech, settle } from "../../../src/providers/local/settle.ts";

const segment = (startMs: number, endMs: number | undefined) => ({ startMs, endMs, tokens: [1] });
const window = (open: boolean, speech: readonly (readonly [number, number])[]) => ({
  startMs: 10_000,
  endMs: 39_000,
  open,
  speech: speech.map(([startMs, endMs]) => ({ startMs, endMs })),
});

describe("a window that was cut in a pause", () => {
  const closed = window(false, [[10_300, 38_700]]);

  it("is done with, its times placed in the recording", () => {
    expect(settle([segment(0, 5_000), segment(5_000, 28_400)], closed)).toEqual({
      segments: [
        { startMs: 10_000, endMs: 15_000, tokens: [1] },
        { startMs: 15_000, endMs: 38_400, tokens: [1] },
      ],
      resumeMs: 39_000,
    });
  });

  it("keeps a last segment without an end, to the end of the speech", () => {
    const { segments, resumeMs } = settle([segment(0, 5_000), segment(5_000, undefined)], closed);
    expect(segments.at(-1)).toMatchObject({ endMs: 38_700 });
    expect(resumeMs).toBe(39_000);
  });

  it("goes on where the model stopped in the middle of the speech", () => {
    expect(settle([segment(0, 20_000)], closed).resumeMs).toBe(30_000);
  });

  it("does not go on for the sake of silence", () => {
    const early = window(false, [[10_300, 30_500]]);
    expect(settle([segment(0, 20_000)], early).resumeMs).toBe(39_000);
  });

  it("goes on with the recording where the model heard nothing", () => {
    expect(settle([], closed)).toEqual({ segments: [], resumeMs: 39_000 });
  });

  it("drops what the model heard after its end", () => {
    expect(settle([segment(0, 28_900), segment(29_000, 29_800)], closed).segments).toHaveLength(1);
  });
});

describe("a window that was cut in speech", () => {
  const open = window(true, [[10_000, 39_000]]);

  it("goes on from the last timestamp; what comes after is heard again", () => {
    const { segments, resumeMs } = settle([segment(0, 12_000), segment(12_000, undefined)], open);
    expect(segments).toEqual([{ startMs: 10_000, endMs: 22_000, tokens: [1] }]);
    expect(resumeMs).toBe(22_000);
  });

  it("does not trust a segment that touches the cut", () => {
    const { segments, resumeMs } = settle([segment(0, 12_000), segment(12_000, 28_900)], open);
    expect(segments).toHaveLength(1);
    expect(resumeMs).toBe(22_000);
  });

  it("takes a segment as long as the window as it is, and gets on", () => {
    for (const endMs of [undefined, 29_000]) {
      const { segments, resumeMs } = settle([segment(0, endMs)], open);
      expect(segments).toEqual([{ startMs: 10_000, endMs: 39_000, tokens: [1] }]);
      expect(resumeMs).toBe(39_000);
    }
  });

  it("gets on where the last timestamp is at its start", () => {
    const { segments, resumeMs } = settle([segment(0, 400), segment(400, undefined)], open);
    expect(segments).toHaveLength(2);
    expect(resumeMs).toBe(39_000);
  });
});

describe("a segment's times", () => {
  const speech = [
    { startMs: 1_000, endMs: 2_000 },
    { startMs: 3_000, endMs: 4_000 },
  ];

  it.each([
    [0, 5_000, 1_000, 4_000],
    [2_500, 5_000, 3_000, 4_000],
    [1_500, 2_800, 1_500, 2_000],
    [1_200, 3_500, 1_200, 3_500],
    [2_100, 2_900, 2_100, 2_900],
  ])("%i to %i ms are drawn to the speech", (startMs, endMs, drawnStartMs, drawnEndMs) => {
    expect(drawToSpeech({ startMs, endMs }, speech)).toEqual({
      startMs: drawnStartMs,
      endMs: drawnEndMs,
    });
  });
});
