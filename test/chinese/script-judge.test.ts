import { expect, it } from "vitest";
import { loadScriptJudge } from "../../src/chinese/script-judge.ts";

it.each([
  ["這裏說的頭髮", true],
  ["这里说的头发", false],
  ["萬里", true],
  ["丑時", true],
  ["里后干", false],
  ["他说「這」两字", false],
  ["hello", false],
  ["", false],
])("judges by the characters that one script alone writes: %s", async (text, isTraditional) => {
  expect((await loadScriptJudge())(text)).toBe(isTraditional);
});
