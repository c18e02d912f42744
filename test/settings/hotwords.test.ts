import { describe, expect, it } from "vitest";
import { parseHotword, parseHotwordFile } from "../../src/settings/hotwords.ts";

describe("parseHotword", () => {
  it.each([
    ["腾讯云", { text: "腾讯云" }],
    ["腾讯云:10", { text: "腾讯云", weight: 10 }],
    ["10:30:5", { text: "10:30", weight: 5 }],
    ["C++: advanced", { text: "C++: advanced" }],
    ["a&b=c +%", { text: "a&b=c +%" }],
  ])("reads %j", (written, hotword) => {
    expect(parseHotword(written)).toEqual(hotword);
  });

  it.each(["", "  ", ":5"])("refuses %j: it has no text", (written) => {
    expect(() => parseHotword(written)).toThrow(expect.objectContaining({ kind: "usage" }));
  });
});

describe("parseHotwordFile", () => {
  it("takes a BOM, CRLF, comments and empty lines", () => {
    expect(parseHotwordFile("\uFEFF# products\r\n腾讯云:10\r\n\r\nC#\n")).toEqual([
      { text: "腾讯云", weight: 10 },
      { text: "C#" },
    ]);
  });
});
