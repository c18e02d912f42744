/** Where lines break when nothing but words tells: what editors of subtitles do. */
import { describe, expect, it } from "vitest";
import { cuesOf } from "../../src/subtitles/cue-maker.ts";
import type { CueSettings } from "../../src/subtitles/cue-settings.ts";
import type { Segment } from "../../src/transcript/transcript.ts";

/** Lines of all cues, a cue an array. */
function linesOf(segment: Omit<Segment, "startMs">, settings: CueSettings = {}) {
  return cuesOf([{ startMs: 0, ...segment }], settings).map(({ lines }) => lines);
}

describe("Chinese", () => {
  it.each([
    [
      "a compound of four",
      "上个月初我们部门全体员工工资上涨百分之八",
      ["上个月初", "我们部门全体员工工资上涨百分之八"],
    ],
    [
      "a copula with its preposition",
      "他第一次来上海是在一九九八年的春天",
      ["他第一次来上海", "是在一九九八年的春天"],
    ],
    [
      "an attribute",
      "今年五月底公司产品的合格率已经到了新高",
      ["今年五月底", "公司产品的合格率已经到了新高"],
    ],
    [
      "a day with its part",
      "到了北京的第二天早上他就开始发烧了",
      ["到了北京的第二天早上", "他就开始发烧了"],
    ],
    ["a place", "我在北京最大的商场里开了三家新门店", ["我在北京最大的商场里", "开了三家新门店"]],
  ])("does not part %s", (_, text, lines) => {
    expect(linesOf({ text, endMs: 6000 })).toEqual([lines]);
  });

  it("keeps together what the recogniser takes for one word, as far as half a line holds it", () => {
    const text = "我们一直都在使用腾讯云天御这套系统来做";
    const words = [
      { text: "使用", startMs: 1500, endMs: 2000 },
      { text: "腾讯云天御", startMs: 2000, endMs: 3000 },
      { text: "这套系统来做", startMs: 3000, endMs: 4500 },
    ];
    const shown = linesOf({ text, endMs: 5000, words }, { overrides: { maxLine: 10 } });
    expect(shown.flat()).toEqual(["我们一直都", "在使用腾讯云天御", "这套系统来做"]);
    const narrow = linesOf({ text, endMs: 5000, words }, { overrides: { maxLine: 4 } });
    for (const line of narrow.flat()) expect(line.length).toBeLessThanOrEqual(4);
  });
});

describe("other languages", () => {
  it.each([
    [
      "a verb before a clause",
      "So the first thing that you want to do when you are setting up a project is easy",
      42,
      ["So the first thing that you want to do", "when you are setting up a project is easy"],
    ],
    [
      "a number and what it counts",
      "I have a dream that one day this nation will rise up",
      28,
      ["I have a dream that one day", "this nation will rise up"],
    ],
    [
      "a French quotation",
      "Il a dit : « Je reviens demain ! » puis il est parti très vite",
      42,
      ["Il a dit : « Je reviens demain ! »", "puis il est parti très vite"],
    ],
  ])("does not part %s", (_, text, maxLine, lines) => {
    const settings = { language: "en", overrides: { maxLine } };
    expect(linesOf({ text, endMs: 6000 }, settings)).toEqual([lines]);
  });

  it("leaves a German quotation mark with what it closes", () => {
    const text = "Er fragte: „Wie geht es dir?“ Und sie sagte nichts dazu.";
    expect(linesOf({ text, endMs: 6000 }, { language: "de" })).toEqual([
      ["Er fragte: „Wie geht es dir?“"],
      ["Und sie sagte nichts dazu."],
    ]);
  });
});

describe("little text in a long segment", () => {
  it.each([
    ["Thank you.", 15_000],
    ["Thanks for watching!", 30_000],
    ["好的，再见。", 15_000],
    ["你好吗，我很好。", 15_000],
  ])("is a single cue: %s", (text, endMs) => {
    const cues = cuesOf([{ text, startMs: 0, endMs }], {});
    expect(cues).toMatchObject([{ startMs: 0, endMs: 7000 }]);
  });

  it("is not where its words were measured far apart", () => {
    const words = [
      { text: "Thank", startMs: 0, endMs: 400 },
      { text: "you", startMs: 14_000, endMs: 14_400 },
    ];
    expect(linesOf({ text: "Thank you.", endMs: 15_000, words })).toEqual([["Thank"], ["you."]]);
  });
});

it("ten hours are shaped in a second or two", () => {
  const text = "今天我们要讨论的是人工智能（AI）在医疗领域的应用，以及它会给生活带来哪些改变。";
  const segments = Array.from({ length: 4500 }, (_, index) => ({
    text,
    startMs: index * 8000,
    endMs: index * 8000 + 7700,
  }));
  const startedMs = performance.now();
  expect(cuesOf(segments, {}).length).toBeGreaterThan(8000);
  // Several times what it takes, for a busy machine.
  expect(performance.now() - startedMs).toBeLessThan(8000);
});

describe("cues of a subtitle file", () => {
  const cues: CueSettings = { areCues: true };

  it("come back as they were, with neither more time nor other lines", () => {
    const file: Segment[] = [
      { startMs: 0, endMs: 2400, text: "他可以像人类一样思考\n积累经验不断学习" },
      { startMs: 2480, endMs: 5000, text: "这套系统有很强的分析能力\n可以帮助人们做决定" },
    ];
    expect(cuesOf(file, cues)).toEqual(
      file.map(({ text, ...times }) => ({ ...times, lines: text.split("\n") })),
    );
  });

  it("stay on longer where it is asked for", () => {
    const file = [{ startMs: 0, endMs: 2400, text: "他可以像人类一样思考" }];
    expect(cuesOf(file, { ...cues, overrides: { lingerMs: 300 } })[0]?.endMs).toBe(2700);
  });

  it("leave each of two speakers a line", () => {
    const text = "- Are you coming?\n- No.";
    expect(linesOf({ text, endMs: 2000 }, cues)).toEqual([["- Are you coming?", "- No."]]);
  });

  it("are not run together with a dialogue", () => {
    const file: Segment[] = [
      { startMs: 0, endMs: 400, text: "走吗" },
      { startMs: 480, endMs: 1200, text: "- 走\n- 现在" },
      { startMs: 1280, endMs: 1600, text: "车呢" },
    ];
    expect(cuesOf(file, cues)).toContainEqual(
      expect.objectContaining({ lines: ["- 走", "- 现在"] }),
    );
  });

  it("are shown when they are said, within a long one too", () => {
    const file: Segment[] = [
      {
        startMs: 0,
        endMs: 15_000,
        text: "我们先讲研发，然后再讲别的事情，最后讲一讲明年的计划，谢谢大家。",
      },
      { startMs: 3000, endMs: 4000, text: "真的吗？" },
    ];
    const answer = cuesOf(file, cues).find(({ lines }) => lines[0] === "真的吗？");
    expect(answer?.startMs).toBe(3000);
  });

  it("tell lines without marks apart where a line takes both", () => {
    expect(linesOf({ text: "你好吗\n我很好", endMs: 2000 }, cues)).toEqual([["你好吗 我很好"]]);
  });
});
