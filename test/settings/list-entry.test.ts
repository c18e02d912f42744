import { describe, expect, it } from "vitest";
import { listEntryReader } from "../../src/settings/list-entry.ts";

const read = (data: unknown) =>
  listEntryReader(["local", "stepfun"])(
    typeof data === "string" ? data : JSON.stringify(data),
    "calls.jsonl:3",
  );

describe("a line of JSON Lines", () => {
  it("may say all that an input may have of its own", () => {
    const entry = {
      input: "a b.wav",
      provider: "stepfun",
      language: "zh",
      model: "stepaudio-2.5-asr",
      output: "mon/a",
      reference: "refs/a.txt",
      tags: ["noisy", "shop"],
    };
    expect(read(entry)).toEqual(entry);
    expect(read({ input: "a.wav" })).toEqual({ input: "a.wav" });
  });

  it.each([
    [{ input: "a", langauge: "zh" }, 'unknown key "langauge"', 'did you mean "language"?'],
    [{ input: "a", zzzzzzzz: 1 }, "unknown key", "use one of input, provider, language"],
    [{ provider: "local" }, "there is no input", "path of the recording"],
    [{ input: "" }, 'input can\'t be ""', ""],
    [{ input: 7 }, "input is a number", "quote it"],
    [
      { input: "a", provider: "stepfan" },
      'provider can\'t be "stepfan"',
      'did you mean "stepfun"?',
    ],
    [{ input: "a", language: "z_h" }, 'language can\'t be "z_h"', ""],
    [{ input: "a", model: null }, "model has no value", ""],
    [{ input: "a", tags: "noisy" }, 'tags can\'t be "noisy"', ""],
    [{ input: "a", tags: [1] }, "tags can't be [1]", ""],
    ['{"input": "a",}', "calls.jsonl:3:15 is not JSON", "one JSON object"],
    ['["a"]', "is no JSON object", "one JSON object"],
    ["a.wav", "calls.jsonl:3:1 is not JSON", "one JSON object"],
  ])("is refused with its place: %j", (data, message, hint) => {
    expect(() => read(data)).toThrow(
      expect.objectContaining({
        kind: "usage",
        message: expect.stringMatching(/^calls\.jsonl:3/),
        details: expect.objectContaining({ hint: expect.stringContaining(hint) }),
      }),
    );
    expect(() => read(data)).toThrow(message);
  });
});
