import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded, hitsOf } from "../../../src/formats/html/page/find.ts";

const found = (query: string, text: string): string[] =>
  hitsOf(query, folded(text)).map(({ start, end }) => text.slice(start, end));

describe("search in a report", () => {
  it.each([
    ["the", "The other theme", ["The", "the", "the"]],
    ["他可以", "沃森，他可以像他可以", ["他可以", "他可以"]],
    ["abc", "ＡＢＣ abc", ["ＡＢＣ", "abc"]],
    ["i", "İstanbul", ["İ"]],
    ["stan", "İstanbul", ["stan"]],
    ["𝒳", "a x 𝒳", ["x", "𝒳"]],
    ["", "abc", []],
    ["nope", "abc", []],
    [".*", "a.*b", [".*"]],
    ["aa", "aaa", ["aa"]],
  ])("%j in %j", (query, text, hits) => {
    expect(found(query, text)).toEqual(hits);
  });

  it("finds every piece of a text in it", () => {
    const texts = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (text, from, to) => {
        const characters = [...text];
        const start = from % characters.length;
        const piece = characters.slice(start, start + 1 + (to % characters.length)).join("");
        const hits = hitsOf(piece, folded(text));
        expect(hits.length).toBeGreaterThan(0);
        for (const { start: at, end } of hits) {
          expect(at).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
