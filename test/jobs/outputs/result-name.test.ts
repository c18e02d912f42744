import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBelowAny, resultName } from "../../../src/jobs/outputs/result-name.ts";

describe("a result's name in a list", () => {
  it.each(["a", "a.srt", "mon/a", "./a", "..a", "a..", "语音/一"])("may be %j", (written) => {
    expect(isBelowAny(written)).toBe(true);
  });

  it.each([
    "",
    ".",
    "..",
    "../x",
    "a/../../x",
    "a/..",
    "/x",
    "\\x",
    "C:\\x",
    "C:x",
    "a/",
    "..\\x",
    "a\0",
  ])("may not be %j", (written) => {
    expect(isBelowAny(written)).toBe(false);
  });

  it("never leads out of the folder", () => {
    const part = fc.constantFrom("..", ".", "", "a", "/", "\\", "C:", "...");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const written = parts.join("/");
        if (!isBelowAny(written)) return;
        const { folders, stem } = resultName(written, ["txt"]);
        const full = path.resolve("/out", ...folders, stem);
        expect(full.startsWith("/out/")).toBe(true);
      }),
    );
  });

  it.each([
    ["a", [], "a"],
    ["mon//./a.TXT", ["mon"], "a"],
    ["a.wav", [], "a"],
    ["lecture 1.2", [], "lecture 1.2"],
  ])("%j: in %j as %s", (written, folders, stem) => {
    expect(resultName(written, ["txt", "srt"])).toEqual({ folders, stem });
  });
});
