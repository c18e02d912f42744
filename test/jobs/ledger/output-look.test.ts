import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  areAllThere,
  correctedSince,
  inTheWay,
  lookOf,
  type OutputQuestion,
} from "../../../src/jobs/ledger/output-look.ts";
import type { OutputRow } from "../../../src/jobs/ledger/rows.ts";

const OURS: OutputRow = { path: "a.srt", input: 1, inputPath: "/a.wav", variant: "", sizeBytes: 9 };
const THEIRS: OutputRow = { ...OURS, input: 2, inputPath: "/b.wav" };

function look(known: OutputRow | undefined, sizeBytes: number | undefined, variant = "") {
  return lookOf({ path: "/out/a.srt", input: 1, variant, known, sizeBytes });
}

describe("the place of a result", () => {
  it.each<[string, OutputRow | undefined, number | undefined, string, boolean]>([
    ["as it was written", OURS, 9, "ours", true],
    ["empty, as it was written", { ...OURS, sizeBytes: 0 }, 0, "ours", true],
    ["not written to its end", { ...OURS, sizeBytes: null }, 4, "ours", false],
    ["written in another style", { ...OURS, variant: "bbc" }, 9, "ours", false],
    ["worked on since", OURS, 12, "corrected", true],
    ["worked on since, in another style", { ...OURS, variant: "bbc" }, 12, "corrected", false],
    ["emptied by a power cut", OURS, 0, "missing", true],
    ["removed", OURS, undefined, "missing", true],
    ["never written", undefined, undefined, "missing", false],
    ["a file of nobody known", undefined, 0, "foreign", false],
    ["another input's result", THEIRS, 9, "foreign", false],
    ["another input's, removed", THEIRS, undefined, "missing", false],
  ])("%s", (_what, known, sizeBytes, state, isCurrent) => {
    expect(look(known, sizeBytes)).toMatchObject({ state, isCurrent });
  });
});

describe("the places of an input's results", () => {
  it("need nothing where all are there, corrected or not", () => {
    expect(areAllThere([look(OURS, 9), look(OURS, 12)])).toBe(true);
    expect(areAllThere([])).toBe(true);
    expect(areAllThere([look(OURS, 9), look(OURS, undefined)])).toBe(false);
    expect(areAllThere([look(OURS, 9, "bbc")])).toBe(false);
  });

  it("say who is in the way", () => {
    expect(inTheWay([look(OURS, 9)])).toBeUndefined();
    expect(inTheWay([look(OURS, 9), look(THEIRS, 9)])).toMatchObject({
      message: "/out/a.srt is there already",
      details: { reason: "by the folder's ledger it is the result of /b.wav" },
    });
    const { reason } = inTheWay([look(undefined, 9)])?.details ?? {};
    expect(reason).toMatch(/not this input's result/);
  });

  it("say what somebody has worked on", () => {
    expect(correctedSince([look(OURS, 9), look(THEIRS, 12)])).toBeUndefined();
    expect(correctedSince([look(OURS, 12)])?.message).toBe(
      "/out/a.srt was changed since asr wrote it",
    );
  });

  it("hold nothing that is lost without a word: done, refused, or asr's own as it wrote it", () => {
    const known = fc.option(
      fc.record({
        path: fc.constant("a.srt"),
        input: fc.constantFrom(1, 2),
        inputPath: fc.constant("/b.wav"),
        variant: fc.constantFrom("", "bbc"),
        sizeBytes: fc.option(fc.nat(3)),
      }),
      { nil: undefined },
    );
    const question: fc.Arbitrary<OutputQuestion> = fc.record({
      path: fc.constant("/out/a.srt"),
      variant: fc.constantFrom("", "bbc"),
      input: fc.constant(1),
      known,
      sizeBytes: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(question, { maxLength: 3 }), (questions) => {
        const looks = questions.map(lookOf);
        const isKept = inTheWay(looks) !== undefined || correctedSince(looks) !== undefined;
        const mayBeReplaced = questions.every(
          ({ sizeBytes, known: row }) =>
            sizeBytes === undefined ||
            (row?.input === 1 && (row.sizeBytes ?? sizeBytes) === sizeBytes),
        );
        expect(isKept).toBe(!mayBeReplaced);
      }),
    );
  });
});
