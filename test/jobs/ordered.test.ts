import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOrderedOutput } from "../../src/jobs/ordered.ts";

describe("createOrderedOutput", () => {
  it("writes each job's text whole and in input order, whatever order they end in", async () => {
    const texts = ["one", "", "three", "four"];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (order) => {
        let written = "";
        const open = createOrderedOutput(async (text) => {
          written += text;
        }, "|");
        const slots = texts.map((_, index) => open(index));
        for (const index of order) {
          await slots[index]?.append(texts[index] ?? "");
          await slots[index]?.end();
        }
        expect(written).toBe("one|three|four");
      }),
    );
  });

  it("writes the job whose turn it is at once, without waiting for its end", async () => {
    let written = "";
    const open = createOrderedOutput(async (text) => {
      written += text;
    }, "\n");
    const first = open(0);
    const second = open(1);
    await second.append("late");
    await first.append("early");
    expect(written).toBe("early");
    await first.end();
    expect(written).toBe("early\nlate");
  });
});
