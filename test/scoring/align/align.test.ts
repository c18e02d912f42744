import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { describe, expect, it } from "vitest";
import { align } from "../../../src/scoring/align/align.ts";
import { numbered } from "../../../src/scoring/align/numbered.ts";
import type { AlignedRun } from "../../../src/scoring/align/runs.ts";
import { countsOf, errorsOf, referenceLengthOf } from "../../../src/scoring/counts.ts";
import { seededRandom } from "../../../src/scoring/random.ts";

function alignTexts(a: string, b: string): readonly AlignedRun[] {
  const { reference, hypothesis } = numbered([...a], [...b]);
  return align(reference, hypothesis);
}

/** What the runs make of the reference, taking what is new from the hypothesis. */
function applied(runs: readonly AlignedRun[], reference: string, hypothesis: string): string {
  let made = "";
  let row = 0;
  for (const { operation, length } of runs) {
    const kept = operation === "equal" ? reference.slice(row, row + length) : undefined;
    if (operation !== "delete") made += kept ?? hypothesis.slice(made.length, made.length + length);
    if (operation !== "insert") row += length;
  }
  expect(row).toBe(reference.length);
  return made;
}

/** Few letters, so that much is alike by chance. */
const text = (maxLength: number) => fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength });

describe("an alignment", () => {
  it("has as many errors as the distance, counts that add up, and makes the hypothesis", () => {
    fc.assert(
      fc.property(text(60), text(60), (reference, hypothesis) => {
        const runs = alignTexts(reference, hypothesis);
        const counts = countsOf(runs);
        expect(errorsOf(counts)).toBe(distance(reference, hypothesis));
        expect(referenceLengthOf(counts)).toBe(reference.length);
        expect(counts.hits + counts.substitutions + counts.insertions).toBe(hypothesis.length);
        expect(applied(runs, reference, hypothesis)).toBe(hypothesis);
      }),
      { numRuns: 2000 },
    );
  });

  it("is as good where it is so long that it is divided", () => {
    const random = seededRandom(7);
    const letters = (count: number, kinds: number): string =>
      Array.from({ length: count }, () => String.fromCharCode(97 + random(kinds))).join("");
    for (const kinds of [2, 4, 26]) {
      for (const [rows, columns] of [
        [1500, 1500],
        [2000, 900],
        [900, 2000],
        [3000, 40],
        [40, 3000],
        [1, 3000],
        [3000, 1],
      ] as const) {
        const reference = letters(rows, kinds);
        const hypothesis = letters(columns, kinds);
        const runs = alignTexts(reference, hypothesis);
        expect(errorsOf(countsOf(runs))).toBe(distance(reference, hypothesis));
        expect(applied(runs, reference, hypothesis)).toBe(hypothesis);
      }
    }
  });

  it("is as good where the errors lie far from the diagonal, or close together", () => {
    const random = seededRandom(11);
    const letters = (count: number): string =>
      Array.from({ length: count }, () => String.fromCharCode(97 + random(9))).join("");
    const said = letters(4000);
    const long = said + letters(5000);
    for (const [reference, hypothesis] of [
      [said, said.slice(1500) + letters(1500)],
      [said, letters(1500) + said.slice(0, 2500)],
      [said, said.slice(0, 1000) + letters(1500) + said.slice(1000, 2000) + said.slice(3500)],
      [said, said.replace(/a/g, "")],
      [said, said.replace(/[ab]/g, (letter) => `${letter}x`)],
      [said, said.replace(/[abc]/g, "z")],
      [said, said.slice(2000) + said.slice(0, 2000)],
      [long, long.replace(/[ab]/g, "z")],
      [long, long.slice(3000) + long.slice(0, 4000).replace(/a/g, "bc")],
    ] as const) {
      const runs = alignTexts(reference, hypothesis);
      expect(errorsOf(countsOf(runs))).toBe(distance(reference, hypothesis));
      expect(applied(runs, reference, hypothesis)).toBe(hypothesis);
    }
  });

  it.each([
    ["", "", []],
    ["abc", "", ["delete 3"]],
    ["", "abc", ["insert 3"]],
    ["abc", "abc", ["equal 3"]],
    ["abc", "axc", ["equal 1", "substitute 1", "equal 1"]],
    ["abc", "xyz", ["substitute 3"]],
  ])("of %j and %j is %j", (reference, hypothesis, expected) => {
    const runs = alignTexts(reference, hypothesis);
    expect(runs.map(({ operation, length }) => `${operation} ${length}`)).toEqual(expected);
  });
});
