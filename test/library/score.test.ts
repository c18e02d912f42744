import fc from "fast-check";
import { expect, it } from "vitest";
import { type StepWord, score } from "../../src/index.ts";

it("counts as asr eval does, and says what differs", async () => {
  const { mixed, wer, cer, operations } = await score("今天部署 K8s。", "今天部属 k8s");
  expect(mixed).toEqual({
    ...{ rate: 0.2, errors: 1, reference: 5 },
    ...{ hits: 4, substitutions: 1, deletions: 0, insertions: 0 },
  });
  expect(wer.reference).toBe(1);
  expect(cer.substitutions).toBe(1);
  expect(operations.filter(({ operation }) => operation !== "equal")).toEqual([
    { operation: "substitute", reference: "署", hypothesis: "属" },
  ]);
});

it("takes nothing out where nothing is to be taken out", async () => {
  const { wer } = await score("Yes.", "yes", { normalize: ["none"] });
  expect(wer.rate).toBe(1);
  expect((await score("", "more")).wer.rate).toBeNull();
});

it("refuses a step that there is not", async () => {
  const normalize = ["cases"] as unknown as StepWord[];
  await expect(score("a", "a", { normalize })).rejects.toMatchObject({ kind: "usage" });
});

it("finds no error in equal texts, and each text whole in the operations", async () => {
  const text = fc
    .array(fc.constantFrom("we", "use", "K8s", "部", "署", "语"))
    .map((words) => words.join(" "));
  await fc.assert(
    fc.asyncProperty(text, text, async (reference, hypothesis) => {
      const options = { normalize: ["none"] } as const;
      expect((await score(reference, reference, options)).mixed.errors).toBe(0);
      const { mixed, operations } = await score(reference, hypothesis, options);
      const bare = (side: "reference" | "hypothesis") =>
        operations
          .map((run) => run[side])
          .join("")
          .replaceAll(" ", "");
      expect(bare("reference")).toBe(reference.replaceAll(" ", ""));
      expect(bare("hypothesis")).toBe(hypothesis.replaceAll(" ", ""));
      expect(mixed.hits + mixed.substitutions + mixed.deletions).toBe(mixed.reference);
    }),
    { numRuns: 50 },
  );
});
