import { describe, expect, it } from "vitest";
import { chosenCues, markedCues } from "../../../src/formats/html/page/cue-marks.ts";

const note = (severity: "hard" | "soft", startMs: number) => ({ severity, startMs, text: "" });

describe("markedCues", () => {
  it("marks a cue by the worst of the rules that it breaks", () => {
    const notes = [note("hard", 0), note("soft", 0), note("soft", 2000)];
    const marked = markedCues([0, 900, 1000, 1900, 2000, 2900], [{ notes }, {}]);
    expect(marked.map(({ severity }) => severity)).toEqual(["hard", undefined, "soft"]);
  });
});

describe("chosenCues", () => {
  const three = markedCues([0, 900, 1000, 1900, 2000, 2900], []);

  it("takes all that are seen", () => {
    const startsIn = (fromMs: number, toMs: number) =>
      chosenCues(three, { fromMs, toMs, most: 3 }).map(({ startMs }) => startMs);
    expect(startsIn(0, 3000)).toEqual([0, 1000, 2000]);
    expect(startsIn(950, 1950)).toEqual([1000]);
  });

  it("tells of the whole recording, not of its beginning alone, where there are too many", () => {
    const cues = Array.from({ length: 3000 }, (_, index) => [index * 1000, index * 1000 + 900]);
    const notes = cues.map(([startMs = 0], index) =>
      note(index % 25 === 24 ? "hard" : "soft", startMs),
    );
    const marked = markedCues(cues.flat(), [{ notes }]);
    const chosen = chosenCues(marked, { fromMs: 0, toMs: 3_000_000, most: 120 });
    expect(chosen).toHaveLength(120);
    expect(new Set(chosen.map(({ severity }) => severity))).toEqual(new Set(["hard"]));
    expect(chosen.at(-1)?.startMs).toBe(2_999_000);
  });

  it("leaves out the good ones where there are too many", () => {
    expect(chosenCues(three, { fromMs: 0, toMs: 3000, most: 2 })).toEqual([]);
  });
});
