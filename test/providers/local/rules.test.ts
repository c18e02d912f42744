import { describe, expect, it } from "vitest";
import { applyRules, likeliest, probabilityOf } from "../../../src/providers/local/rules.ts";
import { SPECIAL, TOKEN_COUNT, time } from "./special-tokens.ts";

/** Which tokens may follow, all being equally likely but for what is given. */
function allowed(sampled: readonly number[], likely: Readonly<Record<number, number>> = {}) {
  const logits = new Float32Array(TOKEN_COUNT);
  // Text is likely enough that all timestamps together do not win over it.
  logits.fill(10, 0, SPECIAL.timestampBegin);
  for (const [token, logit] of Object.entries(likely)) logits[Number(token)] = logit;
  applyRules(logits, sampled, SPECIAL);
  return [...logits.keys()].filter((token) => logits[token] !== Number.NEGATIVE_INFINITY);
}

const text = (tokens: readonly number[]) => tokens.filter((token) => token < SPECIAL.endOfText);
const times = (tokens: readonly number[]) => tokens.filter((token) => token >= time(0));

describe("what may come next", () => {
  it("begins with a timestamp of the first second", () => {
    expect(allowed([])).toEqual(Array.from({ length: 51 }, (_, index) => time(index * 20)));
  });

  it("after a start is text, and never a sign that is suppressed", () => {
    const tokens = allowed([time(0)]);
    expect(text(tokens)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(times(tokens)).toEqual([]);
    expect(tokens).not.toContain(SPECIAL.noTimestamps);
    expect(tokens).not.toContain(SPECIAL.noSpeech);
  });

  it("after text is more text, a later time or the end", () => {
    const tokens = allowed([time(500), 3]);
    expect(text(tokens)).not.toEqual([]);
    expect(tokens).toContain(SPECIAL.endOfText);
    expect(times(tokens).at(0)).toBe(time(520));
  });

  it("after an end is a start, at the same time or later, or the end of all", () => {
    const tokens = allowed([time(0), 3, time(600)]);
    expect(text(tokens)).toEqual([]);
    expect(tokens).toContain(SPECIAL.endOfText);
    expect(times(tokens).at(0)).toBe(time(600));
  });

  it("never goes back in time", () => {
    const tokens = allowed([time(0), 3, time(600), time(800), 4]);
    expect(times(tokens).at(0)).toBe(time(820));
  });

  it("is a time where all times together are likelier than any text", () => {
    const likely = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [time(1_000 + index * 20), 8]),
    );
    expect(text(allowed([time(0), 3], likely))).toEqual([]);
  });
});

describe("the choice", () => {
  it("is the likeliest, with the logarithm of its probability", () => {
    const logits = Float32Array.of(0, Math.log(2), 0, Number.NEGATIVE_INFINITY);
    expect(likeliest(logits)).toEqual({
      token: 1,
      logProbability: expect.closeTo(Math.log(0.5), 6),
    });
    expect(probabilityOf(logits, 0)).toBeCloseTo(0.25, 6);
    expect(probabilityOf(logits, 3)).toBe(0);
  });
});
