import { describe, expect, it } from "vitest";
import { Credit, samplesOf } from "../../../src/providers/local/feed.ts";

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}

describe("audio for the worker", () => {
  async function* chunks(bytes: Uint8Array, sizes: readonly number[]) {
    let start = 0;
    for (const size of sizes) {
      yield bytes.subarray(start, start + size);
      start += size;
    }
    yield bytes.subarray(start);
  }

  it("is the same samples however the bytes are cut, in pieces of a second", async () => {
    const samples = Float32Array.from({ length: 20_000 }, (_, index) => index / 20_000);
    const bytes = new Uint8Array(samples.buffer);
    for (const sizes of [[], [1, 2, 3, 4, 5], [63_999, 10]]) {
      const pieces = await all(samplesOf(chunks(bytes, sizes)));
      expect(pieces.every((piece) => piece.length <= 16_000)).toBe(true);
      expect(pieces.flatMap((piece) => [...piece])).toEqual([...samples]);
    }
  });

  it("is silent where a sample is no number", async () => {
    const bytes = new Uint8Array(Float32Array.of(0.5, Number.NaN, -Infinity, 1).buffer);
    expect((await all(samplesOf(chunks(bytes, [])))).map((piece) => [...piece])).toEqual([
      [0.5, 0, 0, 1],
    ]);
  });

  it("waits until the worker has taken what it has", async () => {
    const credit = new Credit();
    await credit.spend();
    await credit.spend();
    let sent = false;
    const third = credit.spend().then(() => {
      sent = true;
    });
    await new Promise(setImmediate);
    expect(sent).toBe(false);
    credit.give();
    await third;
  });
});
