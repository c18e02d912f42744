import { describe, expect, it } from "vitest";
import { decodeGreedily } from "../../../src/providers/local/greedy.ts";
import { SPECIAL, TOKEN_COUNT, time } from "./special-tokens.ts";

/** A model that always says the next of some tokens, and then again from the start. */
function decode(script: readonly number[]) {
  let index = 0;
  const logits = () => {
    const values = new Float32Array(TOKEN_COUNT);
    values[script[index++ % script.length] ?? 0] = 20;
    return values;
  };
  const told: number[] = [];
  const model = {
    next: async (token: number) => {
      told.push(token);
      return logits();
    },
  };
  return decodeGreedily(model, logits(), SPECIAL, 224).then((result) => ({ ...result, told }));
}

describe("greedy decoding", () => {
  it("takes tokens up to the end, and tells the model each", async () => {
    const said = [time(0), 3, 4, time(400)];
    const result = await decode([...said, SPECIAL.endOfText]);
    expect(result).toMatchObject({ tokens: said, ending: "end-of-text", told: said });
    expect(result.averageLogProbability).toBeGreaterThan(-0.01);
  });

  it("stops a loop long before the model's memory is full", async () => {
    const result = await decode([time(0), 3, 4, 5]);
    // Text alone counts: the rules make the times between differ.
    expect(result.ending).toBe("loop");
    expect(result.tokens.length).toBeLessThan(60);
  });

  it("stops where the model's memory is full", async () => {
    let state = 1;
    const digits = Array.from({ length: 1_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return state % 9;
    });
    const result = await decode([time(0), ...digits]);
    expect(result).toMatchObject({ ending: "too-long", tokens: { length: 224 } });
  });
});
