import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64JsonBody } from "../../src/http/base64-body.ts";
import { type Body, bytesBody, jsonBody, streamBody } from "../../src/http/body.ts";

const unaborted = new AbortController().signal;

/** What a reader gets who copies each piece before it asks for the next. */
async function copyOf(body: Body): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body.open(unaborted)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** A source that yields `bytes` in pieces of the given sizes, over and over, in one buffer. */
function reusingSource(bytes: Buffer, sizes: readonly number[]): Body {
  return streamBody(bytes.length, async function* () {
    const reused = Buffer.alloc(Math.max(...sizes));
    for (let offset = 0, turn = 0; offset < bytes.length; turn++) {
      const length = Math.min(sizes[turn % sizes.length] ?? 1, bytes.length - offset);
      bytes.copy(reused, 0, offset, offset + length);
      offset += length;
      yield reused.subarray(0, length);
    }
    reused.fill(0);
  });
}

describe("bytesBody and jsonBody", () => {
  it("say their size in bytes, not characters", async () => {
    const body = jsonBody({ text: "你好" });
    expect(body.sizeBytes).toBe(17);
    expect((await copyOf(body)).toString()).toBe('{"text":"你好"}');
  });

  it("can be opened again for another try", async () => {
    const body = bytesBody(Buffer.from("again"));
    await copyOf(body);
    expect((await copyOf(body)).toString()).toBe("again");
  });
});

describe("base64JsonBody", () => {
  it("is exact, in size and content, whatever the length and the pieces of the source", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), sizes, async (array, pieceBytes) => {
        const bytes = Buffer.from(array);
        const body = base64JsonBody('{"a":"ü', reusingSource(bytes, pieceBytes), '"}');
        const expected = Buffer.from(`{"a":"ü${bytes.toString("base64")}"}`);
        expect(await copyOf(body)).toEqual(expected);
        expect(body.sizeBytes).toBe(expected.length);
      }),
    );
  });

  it.each([49_151, 49_152, 49_153, 98_304, 98_305, 150_001])(
    "is exact around its own buffer size: %i bytes",
    async (length) => {
      const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 2_654_435_761) >>> 24));
      const body = base64JsonBody("[", reusingSource(bytes, [7, 65_536, 1, 300_000]), "]");
      expect((await copyOf(body)).toString()).toBe(`[${bytes.toString("base64")}]`);
      expect(body.sizeBytes).toBe(Buffer.byteLength(`[${bytes.toString("base64")}]`));
    },
  );

  it("opens its source afresh for each try", async () => {
    const body = base64JsonBody("", reusingSource(Buffer.from("abcdef"), [4]), "");
    await copyOf(body);
    expect((await copyOf(body)).toString()).toBe("YWJjZGVm");
  });
});
