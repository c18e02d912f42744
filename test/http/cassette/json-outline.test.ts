import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOfText, JsonOutline } from "../../../src/http/cassette/json-outline.ts";
import { share } from "../../share.ts";

const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function outlineOf(text: string, pieceBytes: number): unknown {
  const outline = new JsonOutline();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    // The source writes over its buffer once the piece was taken.
    const piece = Buffer.from(bytes.subarray(at, at + pieceBytes));
    outline.update(piece);
    piece.fill(0);
  }
  return outline.end();
}

describe("the outline of a JSON body", () => {
  it("is the value itself where all of it is short, however it is cut", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 50 }), (value, pieceBytes) => {
        const text = JSON.stringify(value);
        expect(outlineOf(text, pieceBytes)).toEqual(JSON.parse(text));
      }),
      { numRuns: share(200, 20_000) },
    );
  });

  it("has the size and digest of audio in place of its base64", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3100, max: 20_000 }),
        fc.integer({ min: 1, max: 5000 }),
        (sizeBytes, pieceBytes) => {
          const audio = Buffer.alloc(sizeBytes, "speech \\ and\0 more");
          const text = `{"a":"\\"b\\\\","audio":{"data":"${audio.toString("base64")}"},"c":1}`;
          expect(outlineOf(text, pieceBytes)).toEqual({
            a: '"b\\',
            audio: { data: { bytes: sizeBytes, sha256: sha256(audio) } },
            c: 1,
          });
        },
      ),
      { numRuns: share(50, 2000) },
    );
  });

  it("has the digest of the text itself where a long text is no base64", () => {
    const words = "热词 | ".repeat(2000);
    const { long } = outlineOf(JSON.stringify({ long: words }), 1000) as { long: unknown };
    expect(long).toEqual({ bytes: Buffer.byteLength(words), sha256: sha256(words) });
    expect(digestOfText(words)).toEqual(long);
  });

  it("is nothing where the body is no JSON", () => {
    expect(outlineOf('{"a":"b', 3)).toBeUndefined();
    expect(outlineOf("", 3)).toBeUndefined();
  });
});

it("a short text that is named as audio has the digest of what it encodes", () => {
  expect(digestOfText(Buffer.from("abc").toString("base64"))).toEqual({
    bytes: 3,
    sha256: sha256("abc"),
  });
});
