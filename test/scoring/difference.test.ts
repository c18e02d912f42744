import fc from "fast-check";
import { expect, it } from "vitest";
import { differenceOf } from "../../src/scoring/difference.ts";
import { mixedTokensOf } from "../../src/scoring/tokens.ts";

it("shows each run as it is written in both texts", () => {
  const runs = differenceOf({
    reference: "我用 Kubernetes 部署 two big services",
    hypothesis: "我们用 Kubernetes 布署 two services",
  });
  expect(
    runs.map(({ operation, reference, hypothesis }) => [operation, reference, hypothesis]),
  ).toEqual([
    ["equal", "我", "我"],
    ["insert", "", "们"],
    ["equal", "用Kubernetes", "用Kubernetes"],
    ["substitute", "部", "布"],
    ["equal", "署two", "署two"],
    ["delete", "big", ""],
    ["equal", "services", "services"],
  ]);
});

it("holds all tokens of both texts, in order", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "你", "好"), maxLength: 30 });
  fc.assert(
    fc.property(text, text, (reference, hypothesis) => {
      const runs = differenceOf({ reference, hypothesis });
      const tokens = (side: "reference" | "hypothesis") =>
        runs.flatMap((run) => mixedTokensOf(run[side]));
      expect(tokens("reference")).toEqual(mixedTokensOf(reference));
      expect(tokens("hypothesis")).toEqual(mixedTokensOf(hypothesis));
    }),
  );
});
