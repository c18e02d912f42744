import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesBody, streamBody } from "../../src/http/body.ts";
import { HIGH_WATER_BYTES, steadyPieces } from "../../src/http/steady-pieces.ts";

/**
 * A socket as node:net's: it keeps references, reads them only when its high-water mark is
 * reached or at the end, and only then lets the writer wait.
 */
async function written(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const taken: Buffer[] = [];
  let kept: Uint8Array[] = [];
  const take = () => {
    taken.push(...kept.map((piece) => Buffer.from(piece)));
    kept = [];
  };
  for await (const piece of pieces) {
    kept.push(piece);
    if (kept.reduce((sum, { byteLength }) => sum + byteLength, 0) >= HIGH_WATER_BYTES) take();
  }
  take();
  return Buffer.concat(taken);
}

it("sends what the source had in its buffer when it was asked, not what it wrote there later", async () => {
  const sizes = fc.array(fc.constantFrom(0, 1, 7, 1_000, 65_535, 65_536, 65_537, 262_144), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(sizes, async (lengths) => {
      const expected = Buffer.concat(lengths.map((length, turn) => Buffer.alloc(length, turn + 1)));
      const body = streamBody(expected.length, async function* () {
        const reused = Buffer.alloc(262_144);
        for (const [turn, length] of lengths.entries()) {
          reused.fill(turn + 1);
          yield reused.subarray(0, length);
        }
        reused.fill(0);
      });
      const sent = await written(steadyPieces(body, new AbortController().signal));
      expect(sent.equals(expected)).toBe(true);
    }),
  );
});

it("opens the source only when the first piece is asked for", async () => {
  let opened = 0;
  const body = streamBody(1, async function* () {
    opened++;
    yield Buffer.from("x");
  });
  const pieces = steadyPieces(body, new AbortController().signal);
  expect(opened).toBe(0);
  await pieces.next();
  expect(opened).toBe(1);
});

it("copies nothing of what is in memory and does not change", async () => {
  const bytes = Buffer.from("a slice of a stream");
  const { value } = await steadyPieces(bytesBody(bytes), new AbortController().signal).next();
  expect(value).toBe(bytes);
});
