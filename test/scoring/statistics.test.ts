import { describe, expect, it } from "vitest";
import { bootstrapInterval } from "../../src/scoring/bootstrap.ts";
import type { Counts } from "../../src/scoring/counts.ts";
import { pairedTest } from "../../src/scoring/paired-test.ts";
import { seededRandom } from "../../src/scoring/random.ts";

const counts = (errors: number, length: number): Counts => ({
  hits: length - errors,
  substitutions: errors,
  deletions: 0,
  insertions: 0,
});

describe("random numbers", () => {
  it("are the same for a seed, in range, and even", () => {
    const draw = seededRandom(5);
    const drawn = Array.from({ length: 60_000 }, () => draw(6));
    const again = seededRandom(5);
    expect(drawn.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => again(6)));
    for (let value = 0; value < 6; value += 1) {
      const share = drawn.filter((one) => one === value).length / drawn.length;
      expect(share).toBeGreaterThan(0.155);
      expect(share).toBeLessThan(0.178);
    }
    expect(drawn.every((value) => Number.isInteger(value) && value >= 0 && value < 6)).toBe(true);
  });
});

describe("the bootstrap", () => {
  it("is a point where all files are alike", () => {
    const files = Array.from({ length: 20 }, () => counts(5, 100));
    expect(bootstrapInterval(files, 500, seededRandom(1))).toEqual({ low: 0.05, high: 0.05 });
  });

  it("is as wide as theory says: 1.96 standard errors of files of one length", () => {
    // 100 files, half without errors and half with 20 of 100: standard error 0.1 / sqrt(100).
    const files = Array.from({ length: 100 }, (_, index) => counts(index % 2 === 0 ? 0 : 20, 100));
    const interval = bootstrapInterval(files, 10_000, seededRandom(1));
    expect(interval?.low).toBeCloseTo(0.1 - 1.96 * 0.01, 2);
    expect(interval?.high).toBeCloseTo(0.1 + 1.96 * 0.01, 2);
  });

  it("tells nothing from one file, or from none that says a word", () => {
    expect(bootstrapInterval([counts(1, 10)], 100, seededRandom(1))).toBeUndefined();
    const empty = { ...counts(0, 0), insertions: 3 };
    expect(bootstrapInterval([empty, empty], 100, seededRandom(1))).toBeUndefined();
  });
});

describe("the paired test", () => {
  it("is sure of nothing where the runs are equal or one file differs", () => {
    const same = Array.from({ length: 9 }, () => ({ first: counts(1, 10), second: counts(1, 10) }));
    expect(pairedTest(same, 1000, seededRandom(1)).p).toBe(1);
    const one = [...same, { first: counts(0, 10), second: counts(9, 10) }];
    expect(pairedTest(one, 1000, seededRandom(1)).p).toBe(1);
  });

  it("has the p of all exchanges: 2 of 2^8 where each of eight files is better by one", () => {
    const files = Array.from({ length: 8 }, () => ({
      first: counts(1, 10),
      second: counts(2, 10),
    }));
    const { p, firstRate, secondRate } = pairedTest(files, 100_000, seededRandom(3));
    expect(p).toBeCloseTo(2 / 256, 3);
    expect([firstRate, secondRate]).toEqual([0.1, 0.2]);
  });

  it("is the same the other way round", () => {
    const files = Array.from({ length: 12 }, (_, index) => ({
      first: counts(index % 5, 10),
      second: counts((index * 7) % 6, 10),
    }));
    const swapped = files.map(({ first, second }) => ({ first: second, second: first }));
    const there = pairedTest(files, 2000, seededRandom(1));
    expect(pairedTest(swapped, 2000, seededRandom(1)).p).toBe(there.p);
  });
});
