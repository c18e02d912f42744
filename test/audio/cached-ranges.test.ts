import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cachedRanges } from "../../src/audio/cached-ranges.ts";
import { memorySource } from "./sources.ts";

const SIZE = 2_000_000;
const bytes = Uint8Array.from({ length: SIZE }, (_, index) => (index * 2654435761) >>> 24);

async function open() {
  const source = memorySource(bytes);
  const ranges = await source.openRanges?.();
  if (ranges === undefined) throw new Error("the source can't be read anywhere");
  return { source, cached: cachedRanges(ranges) };
}

describe("ranges that are kept", () => {
  it("are those of the input, up to its end, in any order", async () => {
    const { cached } = await open();
    const range = fc.tuple(fc.nat(SIZE + 10), fc.integer({ min: 1, max: 200_000 }));
    await fc.assert(
      fc.asyncProperty(range, async ([offset, length]) => {
        const found = await cached.read(offset, length);
        expect(Buffer.compare(found, bytes.subarray(offset, offset + length))).toBe(0);
      }),
    );
  });

  it("are read once, small as they may be", async () => {
    const { source, cached } = await open();
    for (let offset = 0; offset < 60_000; offset += 10) await cached.read(offset, 10);
    expect(source.readBytes()).toBeLessThan(100_000);
  });
});
