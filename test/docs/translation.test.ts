/** README.zh-CN.md tells what README.md tells: a section or a command that is added there is missed here. */
import { describe, expect, it } from "vitest";
import { type Page, readPage } from "./pages.ts";

const ENGLISH = readPage("README.md");
const CHINESE = readPage("README.zh-CN.md");

const levelsOf = ({ text }: Page) => [...text.matchAll(/^(#+) /gm)].map(([, marks]) => marks);

/** Blocks as they stand, but for comments behind a command. */
const blocksOf = ({ fences }: Page) =>
  fences.map(({ language, lines }) => [
    language,
    ...lines.map((line) => line.replace(/ +# .*$/, "")),
  ]);

const rowsOf = ({ text }: Page) =>
  [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.split("\n").length);

describe("the Chinese README", () => {
  it("has the sections of the English one", () => {
    expect(levelsOf(CHINESE)).toEqual(levelsOf(ENGLISH));
  });

  it("has its commands and examples, in the same order", () => {
    expect(blocksOf(CHINESE)).toEqual(blocksOf(ENGLISH));
  });

  it("has its tables, row for row", () => {
    expect(rowsOf(CHINESE)).toEqual(rowsOf(ENGLISH));
  });

  it("is linked both ways", () => {
    expect(ENGLISH.text).toContain("(README.zh-CN.md)");
    expect(CHINESE.text).toContain("(README.md)");
  });

  it("sets Chinese and Latin apart, and punctuates Chinese in full width", () => {
    const prose = CHINESE.text.replaceAll(/^```[\s\S]*?^```$/gm, "");
    expect(prose.match(/\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/gu) ?? []).toEqual(
      [],
    );
    expect(prose.match(/\p{Script=Han}[,;:?!]|\p{Script=Han}\.(?=\s)/gu) ?? []).toEqual([]);
  });
});
