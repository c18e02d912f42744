/**
 * One transcript of hard cases in every format, compared byte by byte with
 * `fixtures/formats/`. After a change that is meant: `vitest run test/formats -u`, then read
 * the difference.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FORMATS, formatTranscript } from "../../src/formats/table.ts";
import { readTranscript } from "../../src/transcript/json.ts";
import { hardCases } from "./hard-cases.ts";

/** What is all text; the HTML report, which is script for the most part, has tests of its own. */
const TEXTS = FORMATS.filter(({ name }) => name !== "html");

const transcript = readTranscript(readFileSync(hardCases("json"), "utf8"));

describe("golden files", () => {
  it.each(TEXTS)("$name", async ({ name, extension }) => {
    const text = formatTranscript(name, transcript);
    await expect(text).toMatchFileSnapshot(hardCases(extension));
  });

  it.each(FORMATS)("$name is the same in UTF-8 as in memory, without a BOM", ({ name }) => {
    const text = formatTranscript(name, transcript);
    expect(Buffer.from(text).toString()).toBe(text);
    expect(text.startsWith("\ufeff")).toBe(false);
  });

  it.each(FORMATS)("$name holds no control character but tab and line feed", ({ name }) => {
    expect(formatTranscript(name, transcript)).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/,
    );
  });
});
