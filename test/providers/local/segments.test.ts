import { describe, expect, it } from "vitest";
import { cutRepetition, readSegments } from "../../../src/providers/local/segments.ts";
import { SPECIAL, time } from "./special-tokens.ts";

const read = (tokens: readonly number[]) => readSegments(tokens, SPECIAL.timestampBegin);

describe("segments", () => {
  it("are the text between two times", () => {
    expect(read([time(0), 1, 2, time(400), time(600), 3, time(1_000)])).toEqual([
      { startMs: 0, endMs: 400, tokens: [1, 2] },
      { startMs: 600, endMs: 1_000, tokens: [3] },
    ]);
  });

  it("may lack the last time", () => {
    expect(read([time(0), 1, time(400), time(400), 2])).toEqual([
      { startMs: 0, endMs: 400, tokens: [1] },
      { startMs: 400, endMs: undefined, tokens: [2] },
    ]);
  });

  it("hold text: times alone are none", () => {
    expect(read([time(0), time(400)])).toEqual([]);
    expect(read([])).toEqual([]);
  });
});

describe("a loop in the text", () => {
  it("is cut down to one", () => {
    const loop = Array<number>(30).fill(7);
    expect(cutRepetition(read([time(0), 1, 2, time(400), time(400), 3, ...loop]))).toEqual([
      { startMs: 0, endMs: 400, tokens: [1, 2] },
      { startMs: 400, endMs: undefined, tokens: [3, 7] },
    ]);
  });

  it("is found across segments", () => {
    const looping = Array.from({ length: 30 }, (_, index) => [
      time(index * 40),
      7,
      time(index * 40 + 20),
    ]).flat();
    expect(cutRepetition(read(looping))).toEqual([{ startMs: 0, endMs: 20, tokens: [7] }]);
  });

  it("is all that is cut", () => {
    const segments = read([time(0), 1, 2, 3, time(400)]);
    expect(cutRepetition(segments)).toEqual(segments);
  });
});
