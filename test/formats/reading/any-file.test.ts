/** Whatever a file holds: it is read, or refused with exit 3 and what to do. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { decodeText } from "../../../src/formats/reading/decode-text.ts";
import { readStored } from "../../../src/formats/reading/read.ts";
import { hardCases } from "../hard-cases.ts";
import { answerReaders } from "./answer-readers.ts";

const readers = await answerReaders();

async function expectReadOrRefused(text: string): Promise<void> {
  try {
    const { segments } = await readStored(text, async () => readers);
    for (const { startMs, endMs } of segments) {
      expect(Number.isInteger(startMs) && Number.isInteger(endMs)).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    expect([error.kind, typeof error.details.hint]).toEqual(["audio", "string"]);
  }
}

const anyJson = fc.jsonValue().map((value) => JSON.stringify(value));

const SHAPES = ["code", "type", "text", "segments", "words", "schema_version", "transcription"];
const anyAnswer = fc
  .dictionary(fc.constantFrom(...SHAPES), fc.jsonValue())
  .map((value) => JSON.stringify(value));

it.each([
  ["any text", fc.string({ unit: "binary", maxLength: 200 })],
  ["any JSON", anyJson],
  ["any JSON with the names of an answer", anyAnswer],
  ["lines of any JSON", fc.array(fc.oneof(anyJson, anyAnswer)).map((lines) => lines.join("\n"))],
])("%s", async (_, texts) => {
  await fc.assert(fc.asyncProperty(texts, expectReadOrRefused));
});

it.each(["srt", "vtt", "json", "jsonl", "ass", "lrc", "tsv", "txt"])(
  "%s with a piece missing, doubled or written over",
  async (extension) => {
    const text = readFileSync(hardCases(extension), "utf8");
    const place = fc.nat(text.length);
    const damaged = fc
      .tuple(place, place, fc.constantFrom("", "\n", "-->", "\u0000", "<v", "&#", "0", '"', "}"))
      .map(([from, to, put]) => text.slice(0, from) + put + text.slice(to));
    await fc.assert(fc.asyncProperty(damaged, expectReadOrRefused));
  },
);

it("any bytes are text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const { text, faultLine, encoding } = decodeText(bytes);
      const isWhole = encoding !== "utf-8" || faultLine !== undefined || !text.includes("\ufffd");
      // A replacement character that was written as one is no fault.
      expect(isWhole || Buffer.from(bytes).includes("\ufffd")).toBe(true);
    }),
  );
});
