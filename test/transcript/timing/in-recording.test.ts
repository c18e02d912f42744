import { describe, expect, it } from "vitest";
import { inRecording } from "../../../src/transcript/timing/in-recording.ts";
import { createTimeMap } from "../../../src/transcript/timing/time-map.ts";
import type { Segment } from "../../../src/transcript/transcript.ts";

/** Two voices with four seconds of silence between them, of which 600 ms are kept. */
const map = createTimeMap([
  { startMs: 0, endMs: 11_450 },
  { startMs: 14_910, endMs: 20_300 },
]);

function mapped(segment: Omit<Segment, "text">): Segment {
  const event = inRecording({ type: "final", segment: { text: "so it is", ...segment } }, map);
  if (event.type !== "final") throw new Error("a final became something else");
  return event.segment;
}

const word = (text: string, startMs: number, endMs: number) => ({ text, startMs, endMs });

describe("a segment where silence was left out", () => {
  it("that begins in the silence of the voice before begins with its own", () => {
    expect(mapped({ startMs: 11_022, endMs: 16_734 })).toMatchObject({
      startMs: 14_910,
      endMs: 20_194,
    });
  });

  it("that ends in the silence before the next voice ends with its own", () => {
    expect(mapped({ startMs: 322, endMs: 11_700 })).toMatchObject({ startMs: 322, endMs: 11_450 });
  });

  it("that goes over the silence keeps both its ends", () => {
    expect(mapped({ startMs: 9000, endMs: 13_000 })).toMatchObject({
      startMs: 9000,
      endMs: 16_460,
    });
  });

  it("with words begins and ends where they do", () => {
    const words = [
      word("so", 11_050, 11_300),
      word("it", 12_000, 12_100),
      word("is", 12_100, 13_000),
    ];
    expect(mapped({ startMs: 11_050, endMs: 13_000, words })).toMatchObject({
      startMs: 11_050,
      words: [{ startMs: 11_050, endMs: 11_300 }, { startMs: 15_460 }, { endMs: 16_460 }],
    });
    const late = [word("so", 11_200, 11_900), word("it", 11_900, 13_000)];
    expect(mapped({ startMs: 11_200, endMs: 13_000, words: late })).toMatchObject({
      startMs: 14_910,
      words: [
        { startMs: 14_910, endMs: 15_360 },
        { startMs: 15_360, endMs: 16_460 },
      ],
    });
  });
});
