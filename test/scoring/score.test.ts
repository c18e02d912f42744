import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { describe, expect, it } from "vitest";
import { errorsOf, rateOf, referenceLengthOf, sumOf } from "../../src/scoring/counts.ts";
import { loadNormalizer, stepsNamed } from "../../src/scoring/normalization/normalizer.ts";
import { RATE_NAMES, RATES } from "../../src/scoring/rates.ts";
import { scoreTexts } from "../../src/scoring/score.ts";
import { KNOWN_ANSWERS } from "./known-answers.ts";

const text = fc.string({
  unit: fc.constantFrom("a", "b", "c", " ", "你", "好", "か", "한", "1", "，"),
  maxLength: 40,
});

describe("known answers", () => {
  it("are many", () => expect(KNOWN_ANSWERS.length).toBeGreaterThanOrEqual(40));

  it.each(KNOWN_ANSWERS)("$from: $reference / $hypothesis", (answer) => {
    const scores = scoreTexts(answer);
    for (const name of RATE_NAMES) {
      const expected = answer[name];
      if (expected === undefined) continue;
      const counts = scores[name];
      expect([name, errorsOf(counts), referenceLengthOf(counts)]).toEqual([name, ...expected]);
      expect(rateOf(counts)).toBe(expected[1] === 0 ? undefined : expected[0] / expected[1]);
    }
  });

  it("pool errors over length, the insertions of an empty reference too (jiwer, test_empty_ref)", () => {
    const files = [
      scoreTexts({ reference: "hello world", hypothesis: "hello world" }).wer,
      scoreTexts({ reference: "", hypothesis: "done" }).wer,
    ];
    expect(rateOf(sumOf(files))).toBe(1 / 2);
  });

  it("count the same alike (jiwer, test_cer: 6 hits, 7 errors of 10)", () => {
    const files = [
      scoreTexts({ reference: "i", hypothesis: "i am" }).cer,
      scoreTexts({ reference: "am i good", hypothesis: "y good" }).cer,
    ];
    expect(sumOf(files)).toEqual({ hits: 6, substitutions: 1, deletions: 3, insertions: 3 });
  });
});

describe.each(RATE_NAMES)("the rate %s", (name) => {
  const score = (reference: string, hypothesis: string) =>
    scoreTexts({ reference, hypothesis })[name];
  const lengthOf = (of: string): number => RATES[name].tokensOf(of).length;

  it("adds up, and has the errors of the distance", () => {
    fc.assert(
      fc.property(text, text, (reference, hypothesis) => {
        const counts = score(reference, hypothesis);
        const { hits, substitutions, deletions, insertions } = counts;
        expect(hits + substitutions + deletions).toBe(lengthOf(reference));
        expect(hits + substitutions + insertions).toBe(lengthOf(hypothesis));
        const letters = new Map<string, string>();
        const spelled = (of: string): string =>
          RATES[name]
            .tokensOf(of)
            .map((token) => {
              const known = letters.get(token) ?? String.fromCharCode(0x100 + letters.size);
              letters.set(token, known);
              return known;
            })
            .join("");
        expect(errorsOf(counts)).toBe(distance(spelled(reference), spelled(hypothesis)));
      }),
    );
  });

  it("is none for the same text, and stays between the difference and the longer length", () => {
    fc.assert(
      fc.property(text, text, (reference, hypothesis) => {
        expect(errorsOf(score(reference, reference))).toBe(0);
        const lengths = [lengthOf(reference), lengthOf(hypothesis)] as const;
        const errors = errorsOf(score(reference, hypothesis));
        expect(errors).toBeLessThanOrEqual(Math.max(...lengths));
        expect(errors).toBeGreaterThanOrEqual(Math.abs(lengths[0] - lengths[1]));
      }),
    );
  });

  it("has as many errors the other way round, what was added then being left out", () => {
    fc.assert(
      fc.property(text, text, (reference, hypothesis) => {
        const there = score(reference, hypothesis);
        const back = score(hypothesis, reference);
        expect(errorsOf(back)).toBe(errorsOf(there));
        expect(back.insertions - back.deletions).toBe(there.deletions - there.insertions);
      }),
    );
  });

  it("does not see what the steps take out", async () => {
    const normalize = await loadNormalizer(stepsNamed(["all"]));
    const changes: readonly ((of: string) => string)[] = [
      (of) => of.toUpperCase(),
      (of) => of.replaceAll(" ", "  "),
      (of) => `${of}。`,
      (of) => of.replace(/[a-c1]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
      (of) => of.normalize("NFD"),
    ];
    fc.assert(
      fc.property(text, text, fc.constantFrom(...changes), (reference, hypothesis, change) => {
        const plain = score(normalize(reference), normalize(hypothesis));
        expect(score(normalize(change(reference)), normalize(hypothesis))).toEqual(plain);
      }),
    );
  });
});
