import { describe, expect, it } from "vitest";
import {
  configSchema,
  readJson,
  specialTokens,
  Vocabulary,
} from "../../../src/providers/local/tokens.ts";

// As vocab.json writes them: Ġ is a space, the others are bytes of UTF-8 in Latin letters.
const vocabulary = new Vocabulary({ Ġcold: 0, "-": 1, hearted: 2, æ: 3, "²": 4, ĥ: 5, "¦": 6 });

describe("tokens as text", () => {
  it("are bytes put together", () => {
    expect(vocabulary.textOf([0, 1, 2])).toBe(" cold-hearted");
  });

  it("join a character that is spread over three of them", () => {
    expect(vocabulary.textOf([3, 4, 5])).toBe("沃");
  });

  it("drop a character that is cut off at the end", () => {
    expect(vocabulary.textOf([2, 3, 4])).toBe("hearted");
  });

  it("are nothing where the vocabulary has none", () => {
    expect(vocabulary.textOf([99])).toBe("");
  });
});

describe("the model's files", () => {
  it("are refused where they are another model's", () => {
    const bytes = new TextEncoder().encode('{"d_model": 512}');
    expect(() => readJson(configSchema, bytes, "config.json")).toThrow(
      expect.objectContaining({ kind: "usage", message: expect.stringContaining("config.json") }),
    );
  });

  it("are refused where Whisper's own tokens are missing", () => {
    const generation = {
      lang_to_id: { "<|en|>": 50259 },
      task_to_id: { transcribe: 50359 },
      no_timestamps_token_id: 50363,
      decoder_start_token_id: 50258,
      eos_token_id: 50257,
      suppress_tokens: [],
      begin_suppress_tokens: [],
    };
    expect(() => specialTokens(generation, {})).toThrow(expect.objectContaining({ kind: "usage" }));
  });
});
