import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadNormalizer, stepsNamed } from "../../../src/scoring/normalization/normalizer.ts";
import { STEP_NAMES, type StepName } from "../../../src/scoring/normalization/steps.ts";

/** For each step texts that it makes alike, and one that it leaves apart from them. */
const ALIKE: Readonly<Record<StepName, readonly (readonly [string, string, string])[]>> = {
  nfkc: [
    ["ﬁnd", "find", "fund"],
    ["5㎏", "5kg", "5g"],
    ["cafe\u0301", "caf\u00e9", "cafe"],
  ],
  width: [
    ["ＡＢＣ１２３！", "ABC123!", "ABC124!"],
    ["你好\u3000世界", "你好 世界", "你好世界"],
  ],
  case: [
    ["Hello WORLD", "hello world", "hello word"],
    ["ÉCOLE", "école", "ecole"],
  ],
  script: [
    ["這裡說的頭髮", "这里说的头发", "这里说的头法"],
    ["發展", "发展", "發現"],
  ],
  numerals: [
    ["二零二四年", "2024年", "2025年"],
    ["百分之五", "5%", "15%"],
    ["1,000", "1000", "100"],
  ],
  punctuation: [
    ["you’re", "you're", "youre"],
    ["3.14", "3.14", "3 14"],
    ["“quoted”", " quoted ", "quoted"],
  ],
  whitespace: [
    [" a   b\n", "a b", "ab"],
    ["我用 Kubernetes 部署", "我用Kubernetes部署", "我用Kuber netes部署"],
  ],
};

const mixture = fc.string({
  unit: fc.constantFrom(
    ...["一", "百", "二", "点", "五", "年", "這", "里", "Ａ", "b", "C", "'", "’", "-", "，", "."],
    ...[" ", "\u3000", "\n", "7", "0", "%", "é", "e\u0301", "か", "한", "~", "ﬁ"],
  ),
  maxLength: 20,
});

describe.each(STEP_NAMES)("the step %s", (step) => {
  it("changes nothing more when it is taken again", async () => {
    const change = await loadNormalizer([step]);
    fc.assert(
      fc.property(mixture, (text) => {
        const once = change(text);
        expect(change(once)).toBe(once);
      }),
    );
  });

  it.each(ALIKE[step])("makes %j and %j alike, and %j not", async (left, right, other) => {
    const change = await loadNormalizer([step]);
    expect(change(left)).toBe(change(right));
    expect(change(other)).not.toBe(change(left));
  });

  it.each(ALIKE[step].filter(([left, right]) => left !== right))(
    "is the only one that makes %j and %j alike where it must",
    async (left, right) => {
      const others = STEP_NAMES.filter((name) => name !== step);
      const none = await loadNormalizer([]);
      expect(none(left)).toBe(left);
      // NFKC has the full-width forms in it; the others have nothing of each other.
      if (step === "width" || step === "nfkc" || step === "punctuation") return;
      const change = await loadNormalizer(others);
      expect(change(left)).not.toBe(change(right));
    },
  );
});

describe("all steps", () => {
  it.each([
    ["Don’t stop — it's well-known!", "don't stop it's well known"],
    ["“你好，世界！” 他說：５０％", "你好世界他说50%"],
    ["百分之五十的人，在二零二四年。", "50%的人在2024年"],
    ["3.14, 2,000 and A.I.", "3.14 2000 and a i"],
    ["，。！？…—", ""],
    ["안녕하세요 세계", "안녕하세요 세계"],
  ])("make %j %j", async (text, expected) => {
    expect((await loadNormalizer(STEP_NAMES))(text)).toBe(expected);
  });
});

it.each([
  [["all"], STEP_NAMES],
  [["none"], []],
  [
    ["case", "nfkc"],
    ["nfkc", "case"],
  ],
  [["all", "no-numerals"], STEP_NAMES.filter((name) => name !== "numerals")],
  [["no-numerals"], STEP_NAMES.filter((name) => name !== "numerals")],
  [["none", "case"], ["case"]],
  [["case", "no-case"], []],
] as const)("the words %j name the steps %j", (words, steps) => {
  expect(stepsNamed(words)).toEqual(steps);
});
