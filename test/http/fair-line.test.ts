import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairLine, type Flow } from "../../src/http/fair-line.ts";
import { share } from "../share.ts";

interface Waiter {
  readonly flow: Flow;
  readonly number: number;
}

const FLOWS: readonly Flow[] = ["a", "b", "c", "d", "e"].map((name) => Symbol(name));

/** A line and all that has happened to it. */
class Watched {
  readonly line = new FairLine<Waiter>();
  readonly waiting: Waiter[] = [];
  readonly atVendor: Waiter[] = [];
  #number = 0;

  add(index: number): void {
    const flow = FLOWS[index % FLOWS.length] ?? Symbol("none");
    const waiter = { flow, number: this.#number++ };
    this.line.add(flow, waiter);
    this.waiting.push(waiter);
  }

  take(): Waiter | undefined {
    const { next } = this.line;
    if (next === undefined) return undefined;
    this.line.take();
    this.waiting.splice(this.waiting.indexOf(next), 1);
    this.atVendor.push(next);
    return next;
  }

  leave(index: number): void {
    const [gone] = this.atVendor.splice(index % Math.max(1, this.atVendor.length), 1);
    if (gone !== undefined) this.line.leave(gone.flow);
  }

  giveUp(index: number): void {
    const [gone] = this.waiting.splice(index % Math.max(1, this.waiting.length), 1);
    if (gone !== undefined) expect(this.line.remove(gone.flow, gone)).toBe(true);
  }

  countOf(flow: Flow): number {
    return this.atVendor.filter((waiter) => waiter.flow === flow).length;
  }
}

const step = fc.record({
  act: fc.constantFrom("add", "add", "take", "leave", "giveUp"),
  index: fc.nat(1000),
});

/** Does the steps; `look` sees each one who is taken, and how things were just before. */
function play(
  steps: readonly { readonly act: string; readonly index: number }[],
  look: (taken: Waiter, before: Pick<Watched, "waiting" | "countOf">) => void,
): Watched {
  const watched = new Watched();
  for (const { act, index } of steps) {
    if (act === "add") watched.add(index);
    else if (act === "leave") watched.leave(index);
    else if (act === "giveUp") watched.giveUp(index);
    else {
      const waiting = [...watched.waiting];
      const counts = new Map(FLOWS.map((flow) => [flow, watched.countOf(flow)]));
      const taken = watched.take();
      if (taken !== undefined) look(taken, { waiting, countOf: (flow) => counts.get(flow) ?? 0 });
      else expect(waiting).toEqual([]);
    }
  }
  return watched;
}

const property = (look: Parameters<typeof play>[1]) =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => void play(steps, look)),
    { numRuns: share(200, 20_000) },
  );

describe("the next place", () => {
  it("goes to a flow that has the fewest at the vendor, and there to whoever came first", () => {
    property((taken, { waiting, countOf }) => {
      const fewest = Math.min(...waiting.map(({ flow }) => countOf(flow)));
      expect(countOf(taken.flow)).toBe(fewest);
      const own = waiting.filter(({ flow }) => flow === taken.flow);
      expect(taken.number).toBe(Math.min(...own.map(({ number }) => number)));
    });
  });

  it("is refused to nobody while somebody waits, and everybody gets one", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const watched = play(steps, () => {});
        const waiting = watched.waiting.length;
        let taken = 0;
        while (watched.take() !== undefined) taken += 1;
        expect({ taken, waiting: watched.waiting }).toEqual({ taken: waiting, waiting: [] });
      }),
      { numRuns: share(200, 20_000) },
    );
  });

  it("comes after one of each other flow at most, to a flow that has none", () => {
    const passed = new Map<Waiter, Set<Flow>>();
    property((taken, { waiting, countOf }) => {
      passed.delete(taken);
      for (const waiter of waiting) {
        const first = waiting.find(({ flow }) => flow === waiter.flow) === waiter;
        if (!first || waiter.flow === taken.flow || countOf(waiter.flow) > 0) {
          passed.delete(waiter);
          continue;
        }
        const before = passed.get(waiter) ?? new Set();
        expect(before.has(taken.flow)).toBe(false);
        passed.set(waiter, before.add(taken.flow));
      }
    });
  });
});

it("counts those who did not wait in the line", () => {
  const watched = new Watched();
  const [a = Symbol("a"), b] = FLOWS;
  watched.line.pass(a);
  watched.add(0);
  watched.add(1);
  expect([watched.take()?.flow, watched.take()?.flow]).toEqual([b, a]);
});

it("knows nothing of one who has left it", () => {
  const line = new FairLine<Waiter>();
  const flow = Symbol("gone");
  const waiter = { flow, number: 0 };
  line.add(flow, waiter);
  line.take();
  expect(line.remove(flow, waiter)).toBe(false);
  line.leave(flow);
  expect(line.next).toBeUndefined();
});
