import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inLanes } from "../../src/jobs/lanes.ts";
import { share } from "../share.ts";

interface Item {
  readonly lane: string;
  readonly turns: number;
}

const LIMITS: Readonly<Record<string, number>> = { a: 1, b: 2, c: 3 };

/** Does the items, each of so many turns of the event loop, and keeps the record. */
async function run(items: readonly Item[], concurrency: number) {
  const begun: number[] = [];
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  let all = 0;
  let mostOfAll = 0;
  const work = async ({ lane, turns }: Item, index: number) => {
    begun.push(index);
    const now = (running.get(lane) ?? 0) + 1;
    running.set(lane, now);
    most.set(lane, Math.max(most.get(lane) ?? 0, now));
    all += 1;
    mostOfAll = Math.max(mostOfAll, all);
    for (let count = 0; count < turns; count += 1) await turn();
    running.set(lane, (running.get(lane) ?? 0) - 1);
    all -= 1;
  };
  const limitOf = ({ lane }: Item) => LIMITS[lane] ?? 0;
  await inLanes(items, { laneOf: ({ lane }) => lane, limitOf, concurrency }, work);
  return { begun, most, mostOfAll };
}

const item = fc.record({ lane: fc.constantFrom("a", "b", "c"), turns: fc.nat(4) });

describe("inLanes", () => {
  it("does all, each lane in order, and never more at once than is allowed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        async (items, concurrency) => {
          const { begun, most, mostOfAll } = await run(items, concurrency);
          expect(begun.toSorted((x, y) => x - y)).toEqual(items.map((_, index) => index));
          for (const [lane, limit] of Object.entries(LIMITS)) {
            const own = begun.filter((index) => items[index]?.lane === lane);
            expect(own).toEqual(own.toSorted((x, y) => x - y));
            expect(most.get(lane) ?? 0).toBeLessThanOrEqual(limit);
          }
          expect(mostOfAll).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: share(50, 2000) },
    );
  });

  it("lets others go ahead of a lane that is full", async () => {
    const slow = { lane: "a", turns: 5 };
    const { begun } = await run([slow, slow, { lane: "b", turns: 1 }], 2);
    expect(begun).toEqual([0, 2, 1]);
  });

  it("begins nothing after a failure, and lets what had begun end", async () => {
    const ended: number[] = [];
    const options = { laneOf: () => "c", limitOf: () => 2, concurrency: 9 };
    const work = async (_: unknown, index: number) => {
      if (index === 0) throw new Error("broken");
      await turn();
      ended.push(index);
    };
    await expect(inLanes([0, 1, 2, 3], options, work)).rejects.toThrow("broken");
    expect(ended).toEqual([1]);
  });
});
