import { Blob } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { blobSource, bytesSource } from "../../src/audio/memory-source.ts";
import type { ByteSource } from "../../src/audio/types.ts";

async function read(chunks: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks ?? []) {
    expect(chunk.length).toBeGreaterThan(0);
    all.push(chunk);
  }
  return new Uint8Array(Buffer.concat(all));
}

it.each([
  ["bytes", (bytes: Uint8Array): ByteSource => bytesSource(bytes, "x")],
  [
    "a blob",
    (bytes: Uint8Array): ByteSource => blobSource(new Blob([Uint8Array.from(bytes)]), "x"),
  ],
] as const)(
  "reads %s from the start, a stretch and a range, each time the same",
  async (_, open) => {
    const asked = fc.tuple(fc.uint8Array({ maxLength: 600 }), fc.nat(700), fc.nat(700));
    await fc.assert(
      fc.asyncProperty(asked, async ([bytes, start, length]) => {
        const source = open(bytes);
        expect(source.sizeBytes).toBe(bytes.length);
        expect(await read(source.open())).toEqual(bytes);
        expect(await read(source.open())).toEqual(bytes);
        const wanted = bytes.slice(start, start + length);
        expect(await read(source.openStretch?.(start, start + length))).toEqual(wanted);
        const ranges = await source.openRanges?.();
        expect(new Uint8Array((await ranges?.read(start, length)) ?? [])).toEqual(wanted);
        await ranges?.close();
      }),
      { numRuns: 60 },
    );
  },
);

it("stops by its signal", async () => {
  const stopped = AbortSignal.abort(new Error("enough"));
  await expect(read(bytesSource(new Uint8Array(9), "x").open(stopped))).rejects.toThrow("enough");
});
