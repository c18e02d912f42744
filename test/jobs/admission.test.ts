import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Admission } from "../../src/jobs/admission.ts";
import { share } from "../share.ts";

const LIMITS = { a: 1, b: 2, c: 3 } as const;

const visit = fc.record({
  key: fc.constantFrom("a", "b", "c"),
  turns: fc.nat(3),
  /** Gives up while it waits. */
  aborts: fc.boolean(),
});

it("lets all in, never more at once than is allowed, whoever gives up", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(visit, { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      async (visits, concurrency) => {
        const admission = new Admission(concurrency);
        const inside = { a: 0, b: 0, c: 0 };
        const order = { a: [] as number[], b: [] as number[], c: [] as number[] };
        const visited = visits.map(async ({ key, turns, aborts }, index) => {
          const abort = new AbortController();
          const lane = { key, limit: LIMITS[key] };
          const entering = admission.enter(lane, abort.signal);
          if (aborts) abort.abort(new Error("gives up"));
          // One who was in already, stays.
          const leave = await entering.catch(() => undefined);
          if (leave === undefined) return;
          order[key].push(index);
          inside[key] += 1;
          expect(inside[key]).toBeLessThanOrEqual(lane.limit);
          expect(inside.a + inside.b + inside.c).toBeLessThanOrEqual(concurrency);
          for (let count = 0; count < turns; count += 1) await turn();
          inside[key] -= 1;
          leave();
          leave();
        });
        await Promise.all(visited);
        for (const numbers of Object.values(order)) {
          expect(numbers).toEqual(numbers.toSorted((x, y) => x - y));
        }
        const entered = order.a.length + order.b.length + order.c.length;
        expect(entered).toBeGreaterThanOrEqual(visits.filter(({ aborts }) => !aborts).length);
      },
    ),
    { numRuns: share(50, 2000) },
  );
});

it("lets another lane go ahead of one that is full", async () => {
  const admission = new Admission(2);
  const { signal } = new AbortController();
  const entered: string[] = [];
  const enter = async (name: string, key: "a" | "b"): Promise<() => void> => {
    const leave = await admission.enter({ key, limit: LIMITS[key] }, signal);
    entered.push(name);
    return leave;
  };
  const first = enter("first", "a");
  void enter("second", "a");
  void enter("other", "b");
  await turn();
  expect(entered).toEqual(["first", "other"]);
  (await first)();
  await turn();
  expect(entered).toEqual(["first", "other", "second"]);
});
