import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeltaGroups, type Group } from "../../../src/providers/stepfun/groups.ts";
import { reconcile } from "../../../src/providers/stepfun/reconcile.ts";
import { segmentsOf } from "../../../src/providers/stepfun/segments.ts";

function grouped(...deltas: readonly (string | [string, number, number, string?])[]): Group[] {
  const groups = new DeltaGroups();
  for (const delta of deltas) {
    const [text, startMs, endMs, item] = typeof delta === "string" ? [delta] : delta;
    groups.add({
      type: "delta",
      text,
      ...(startMs === undefined || endMs === undefined ? {} : { startMs, endMs }),
      ...(item === undefined ? {} : { item }),
    });
  }
  return [...groups.groups];
}

const texts = (groups: readonly { readonly text: string }[]) => groups.map(({ text }) => text);

describe("groups of deltas", () => {
  it("are the vendor's items, timed from the first to the last delta", () => {
    expect(grouped(["你", 0, 200, "a"], ["好", 200, 500, "a"], ["再见", 700, 900, "b"])).toEqual([
      { text: "你好", startMs: 0, endMs: 500 },
      { text: "再见", startMs: 700, endMs: 900 },
    ]);
  });

  it.each([
    [
      ["你好", "。", "明天", "见"],
      ["你好。", "明天见"],
    ],
    [
      ["他说“走", "吧。", "”", "然后"],
      ["他说“走吧。”", "然后"],
    ],
    [
      ["It is 3", ".", "14", " here", ".", " Next"],
      ["It is 3.14 here.", " Next"],
    ],
    [
      ["Hi. ", "You"],
      ["Hi. ", "You"],
    ],
    [
      ["真的", "？", "！", "好"],
      ["真的？！", "好"],
    ],
    [
      ["a test", ".", "明天"],
      ["a test.", "明天"],
    ],
    [
      ["a test.", "”", "明天"],
      ["a test.”", "明天"],
    ],
    [
      ["stepfun", ".", "com", "；", "好"],
      ["stepfun.com；", "好"],
    ],
    [
      ["好。", " ", "再见"],
      ["好。 ", "再见"],
    ],
  ])("end with a sentence: %j", (deltas, expected) => {
    expect(texts(grouped(...deltas))).toEqual(expected);
  });

  it("end at a pause of a second", () => {
    expect(texts(grouped(["你好", 0, 500], ["在吗", 1499, 1800], ["喂", 2800, 3000]))).toEqual([
      "你好在吗",
      "喂",
    ]);
  });

  it("keep the times that some of their deltas have", () => {
    expect(grouped("你", ["好", 100, 300], "吗")).toEqual([
      { text: "你好吗", startMs: 100, endMs: 300 },
    ]);
  });
});

describe("reconciling with the text of done", () => {
  const reconciled = (joined: readonly string[], text: string) =>
    texts(
      reconcile(
        joined.map((part) => ({ text: part })),
        text,
      ),
    );

  it.each([
    [["你好", "世界"], "你好世界", ["你好", "世界"]],
    [["你好", "世界"], "你好，世界。", ["你好，", "世界。"]],
    [["hello world", " good bye"], "Hello, world. Good bye!", ["Hello, world.", " Good bye!"]],
    [["一百二十三元", "谢谢您"], "123元，谢谢您", ["123元，", "谢谢您"]],
    [["嗯嗯那个", "我们开始"], "我们开始", ["我们开始"]],
    [["你好", "世界"], "", []],
    [[], "只有 done", ["只有 done"]],
    [["abc", "def"], "wholly different", ["wholly", " different"]],
  ])("%j with %j", (joined, text, expected) => {
    expect(reconciled(joined, text)).toEqual(expected);
  });

  it("keeps the times of the groups", () => {
    const groups = grouped(["你好", 0, 500, "a"], ["世界", 600, 900, "b"]);
    expect(reconcile(groups, "你好！世界！")).toEqual([
      { text: "你好！", startMs: 0, endMs: 500 },
      { text: "世界！", startMs: 600, endMs: 900 },
    ]);
  });

  it("gives exactly the text of done, whatever the deltas were", () => {
    const letters = fc.constantFrom("a", "b", " ", "好", "你", "，", "。", "😀", "1");
    const text = fc.array(letters, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), text, (joined, done) => {
        const groups = reconciled(joined, done);
        expect(groups.join("")).toBe(done);
        expect(groups.every((group) => group.isWellFormed())).toBe(true);
      }),
    );
  });

  it("stays near the place where a word was changed", () => {
    const sentences = Array.from(
      { length: 40 },
      (_, index) => `Sentence number ${index} is here. `,
    );
    const done = sentences
      .join("")
      .replace("number 7 ", "number seven ")
      .replace("20 is", "20 was");
    const expected = sentences.map((sentence) =>
      sentence.replace("number 7 ", "number seven ").replace("20 is", "20 was"),
    );
    expect(reconciled(sentences, done)).toEqual(expected);
  });
});

describe("a passage that is missing on one side", () => {
  const numbered = (from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, index) => `第${from + index}句话说的是第${(from + index) * 37}件事。`,
    );
  const reconciled = (joined: readonly string[], text: string) =>
    texts(
      reconcile(
        joined.map((part) => ({ text: part })),
        text,
      ),
    );

  it("does not shift what follows: in done", () => {
    const joined = numbered(0, 100);
    const kept = [...numbered(0, 20), ...numbered(40, 100)];
    const result = reconciled(joined, kept.join(""));
    expect(result.join("")).toBe(kept.join(""));
    expect(result.slice(-59)).toEqual(numbered(41, 100));
  });

  it("does not shift what follows: in the deltas", () => {
    const joined = [...numbered(0, 20), ...numbered(40, 100)];
    const result = reconciled(joined, numbered(0, 100).join(""));
    expect(result.slice(-60)).toEqual(numbered(40, 100));
  });
});

describe("segments", () => {
  it("take measured times as they are", () => {
    expect(segmentsOf([{ text: " 你好。 ", startMs: 10, endMs: 20 }], 100)).toEqual([
      { text: "你好。", startMs: 10, endMs: 20 },
    ]);
  });

  it("fill what was not timed from its neighbours", () => {
    const groups = [
      { text: "aa" },
      { text: "b", startMs: 100, endMs: 200 },
      { text: "ccc" },
      { text: "d" },
      { text: "e", startMs: 600, endMs: 700 },
      { text: "ff" },
    ];
    expect(segmentsOf(groups, 1000)).toEqual([
      { text: "aa", startMs: 0, endMs: 100, approximate: true },
      { text: "b", startMs: 100, endMs: 200 },
      { text: "ccc", startMs: 200, endMs: 500, approximate: true },
      { text: "d", startMs: 500, endMs: 600, approximate: true },
      { text: "e", startMs: 600, endMs: 700 },
      { text: "ff", startMs: 700, endMs: 1000, approximate: true },
    ]);
  });

  it("have no times to share where the length is not known", () => {
    expect(segmentsOf([{ text: "a" }, { text: "b" }], undefined)).toEqual([
      { text: "a", startMs: 0, endMs: 0, approximate: true },
      { text: "b", startMs: 0, endMs: 0, approximate: true },
    ]);
  });

  it("are sentences where nothing was timed, also inside one delta", () => {
    const groups = [{ text: "Hello. This is a test.明天上午，" }, { text: "三点。 好" }];
    expect(segmentsOf(groups, 3_000)).toEqual([
      { text: "Hello.", startMs: 0, endMs: 600, approximate: true },
      { text: "This is a test.", startMs: 600, endMs: 2_100, approximate: true },
      { text: "明天上午，", startMs: 2_100, endMs: 2_600, approximate: true },
      { text: "三点。", startMs: 2_600, endMs: 2_900, approximate: true },
      { text: "好", startMs: 2_900, endMs: 3_000, approximate: true },
    ]);
  });

  it("leave blank groups out", () => {
    expect(segmentsOf([{ text: " " }, { text: "" }], 100)).toEqual([]);
  });
});
