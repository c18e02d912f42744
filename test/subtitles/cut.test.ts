import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CueCut, costOfCuts, cutIntoCues } from "../../src/subtitles/breaking/cut.ts";
import { createHotwordFinder } from "../../src/subtitles/breaking/protected.ts";
import { breakUnits } from "../../src/subtitles/breaking/units.ts";
import type { SubtitleStyle } from "../../src/subtitles/style.ts";
import { netflixEn } from "../../src/subtitles/styles/netflix-en.ts";
import { netflixZh } from "../../src/subtitles/styles/netflix-zh.ts";
import { type TimedUnit, timedUnits } from "../../src/subtitles/timing/unit-times.ts";

function unitsOf(text: string, style: SubtitleStyle, endMs: number): TimedUnit[] {
  const units = breakUnits(text, { style, hotwords: createHotwordFinder([]) });
  return timedUnits(units, { text, prefixLength: 0, words: [], startMs: 0, endMs }, []);
}

/** Every way to cut units into cues of so many lines at most. */
function* everyCut(from: number, count: number, maxLines: number): Generator<CueCut[]> {
  if (from === count) yield [];
  for (let to = from + 1; to <= count; to += 1) {
    for (const lineEnds of everyLineEnds(from, to, maxLines)) {
      for (const rest of everyCut(to, count, maxLines)) yield [{ from, to, lineEnds }, ...rest];
    }
  }
}

function* everyLineEnds(from: number, to: number, lines: number): Generator<number[]> {
  yield [to];
  if (lines < 2) return;
  for (let at = from + 1; at < to; at += 1) {
    for (const rest of everyLineEnds(at, to, lines - 1)) yield [at, ...rest];
  }
}

const WORDS = ["今天", "的", "天气，", "很好。", "GPT-4", "三", "个", "《书》", "因为", "了", "！"];
const LETTERS = ["the ", "cat ", "sat, ", "of ", "it. ", "internationally ", "a ", "3 ", "(and) "];

const anyText = fc
  .oneof(
    fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }),
    fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 8 }),
  )
  .map((words) => words.join("").trim());

describe("cutIntoCues", () => {
  it.each([
    ["netflix-zh", netflixZh],
    ["netflix-en", netflixEn],
  ])("%s: finds the way of least cost, as trying all of them does", (_, style) => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 5, max: 12 }),
        fc.constantFrom(1, 2),
        fc.constantFrom(0, 800, 3000, 20_000),
        (text, maxLine, maxLines, endMs) => {
          const narrow = { ...style, maxLine, maxLines, maxDurationMs: 6000 };
          const units = unitsOf(text, narrow, endMs);
          fc.pre(units.length <= 8);
          let least = Number.POSITIVE_INFINITY;
          for (const cuts of everyCut(0, units.length, maxLines)) {
            least = Math.min(least, costOfCuts(units, cuts, narrow));
          }
          expect(least).toBeLessThan(Number.POSITIVE_INFINITY);
          expect(costOfCuts(units, cutIntoCues(units, narrow), narrow)).toBeCloseTo(least, 6);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("shapes three hours in a second or two", () => {
    const sentence =
      "今天我们要讨论的是人工智能在医疗领域的应用，以及它会给普通人的生活带来哪些改变。";
    const text = sentence.repeat(Math.ceil((3 * 3600 * 5) / sentence.length));
    const startedMs = performance.now();
    const units = unitsOf(text, netflixZh, 3 * 3_600_000);
    expect(cutIntoCues(units, netflixZh).length).toBeGreaterThan(1000);
    // Several times what it takes, for a busy machine.
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });
});

describe("breakUnits", () => {
  function piecesOf(text: string, hotwords: readonly string[] = []): string[] {
    const finder = createHotwordFinder(hotwords);
    return breakUnits(text, { style: netflixZh, hotwords: finder }).map(({ start, end }) =>
      text.slice(start, end),
    );
  }

  it.each([
    ["比去年增加了3.14%，共1,250人", ["3.14%，", "1,250人"]],
    ["二零二六年三百五十万元", ["二零二六年", "三百五十万元"]],
    ["访问https://example.com/a?b=c试试", ["https://example.com/a?b=c"]],
    ["约翰·史密斯说", ["约翰·史密斯"]],
    ["他说：“好的！”然后", ["说：", "“好的！”"]],
    ["第三章第五节", ["第三章", "第五节"]],
    ["it’s don't well-known e.g. 10:30", ["it’s", "don't", "well-known", "e.g.", "10:30"]],
    ["ちょっと待って、やった！", []],
  ])("never tears what belongs together: %s", (text, whole) => {
    const pieces = piecesOf(text);
    for (const piece of whole) expect(pieces).toContain(piece);
    for (const piece of pieces) expect(piece).not.toMatch(/^[，。！？、；：）》」』”ょっゃ…]/u);
    for (const piece of pieces) expect(piece).not.toMatch(/[（《「『“]$/u);
    expect(pieces.join("")).toBe(text.replaceAll(" ", ""));
  });

  it("keeps hotwords whole, blanks and all, but not inside another word", () => {
    expect(piecesOf("我们用Azure OpenAI Service做", ["azure openai service"])).toContain(
      "Azure OpenAI Service",
    );
    expect(piecesOf("通义灵码智能助手很好", ["通义灵码智能助手"])).toContain("通义灵码智能助手");
    expect(piecesOf("say cat and catalogue now", ["cat and cat"])).toContain("catalogue");
  });

  it("breaks an address that no line holds after its slashes", () => {
    const style = { ...netflixEn, maxLine: 20, maxLines: 1 };
    const text = "https://a.example/first-part/second-part/third-part";
    const units = unitsOf(text, style, 9000);
    const lines = cutIntoCues(units, style).map(({ from, to }) =>
      text.slice(units[from]?.start, units[to - 1]?.end),
    );
    expect(lines).toEqual(["https://a.example/", "first-part/", "second-part/", "third-part"]);
  });
});
