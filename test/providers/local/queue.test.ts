import { describe, expect, it } from "vitest";
import { AsyncQueue } from "../../../src/providers/local/queue.ts";

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}

describe("the queue", () => {
  it("gives what was pushed, before and after somebody waits", async () => {
    const queue = new AsyncQueue<number>();
    queue.push(0);
    queue.push(1);
    const read = all(queue);
    await Promise.resolve();
    queue.push(2);
    queue.end();
    queue.push(3);
    expect(await read).toEqual([0, 1, 2]);
  });

  it("throws the first failure at who waits", async () => {
    const queue = new AsyncQueue<number>();
    const read = all(queue);
    queue.fail(new Error("first"));
    queue.fail(new Error("second"));
    await expect(read).rejects.toThrow("first");
  });
});
