import { describe, expect, it } from "vitest";
import { waitingUntil } from "../../src/audio/waiting-until.ts";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Hands out numbers, and then waits for what never comes. */
async function* stuckAfter(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) yield number;
  await new Promise(() => {});
}

describe("waitingUntil", () => {
  it("hands on every item", async () => {
    const items = (async function* () {
      yield* [1, 2, 3];
    })();
    expect(await collect(waitingUntil(items, new AbortController().signal))).toEqual([1, 2, 3]);
  });

  it.each([0, 2])("ends a wait that the source never ends, after %i items", async (count) => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const got = collect(waitingUntil(stuckAfter(count), stop.signal));
    stop.abort(reason);
    await expect(got).rejects.toBe(reason);
  });

  it("throws what the source throws", async () => {
    const failure = new Error("the line went dead");
    const items = (async function* () {
      yield 1;
      throw failure;
    })();
    await expect(collect(waitingUntil(items, undefined))).rejects.toBe(failure);
  });

  it("tells the source when its reader leaves", async () => {
    let isClosed = false;
    const items = (async function* () {
      try {
        for (;;) yield 1;
      } finally {
        isClosed = true;
      }
    })();
    for await (const _ of waitingUntil(items, undefined)) break;
    expect(isClosed).toBe(true);
  });
});
