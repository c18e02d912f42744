import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinOverlap } from "../../../src/jobs/parts/overlap.ts";
import { joinTexts } from "../../../src/transcript/text.ts";
import type { Segment, Word } from "../../../src/transcript/transcript.ts";
import { share } from "../../share.ts";

const OVERLAP = { startMs: 58_000, endMs: 60_000 };

/** A whole part as one segment, as vendors without times answer. */
const part = (text: string, startMs: number, endMs: number): Segment => ({
  text,
  startMs,
  endMs,
  approximate: true,
});

function joinedText(earlier: string, later: string): string {
  const joined = joinOverlap([part(earlier, 0, 60_000)], [part(later, 58_000, 118_000)], OVERLAP);
  return joinTexts([...joined.earlier, ...joined.later].map(({ text }) => text));
}

/** A segment with a word every `stepMs`. */
function timed(text: string, startMs: number, stepMs = 400): Segment {
  const words = text.split(" ").map(
    (word, index): Word => ({
      text: word,
      startMs: startMs + index * stepMs,
      endMs: startMs + index * stepMs + stepMs - 50,
    }),
  );
  return { text, startMs, endMs: words.at(-1)?.endMs ?? startMs, words };
}

describe("joining over a forced cut", () => {
  it.each([
    [
      "ask not what your country can",
      "your country can do for you",
      "ask not what your country can do for you",
    ],
    ["I like cats and dogs.", "Cats and dogs are nice.", "I like cats and dogs are nice."],
    ["We went to the house.", "The house, which was old.", "We went to the house, which was old."],
    ["可以帮助人们进行决策", "人们进行决策和分析。", "可以帮助人们进行决策和分析。"],
    ["我们用Python编程", "用python编程很好。", "我们用Python 编程很好。"],
    ["he counted one two thr", "wo three four five", "he counted one two three four five"],
    [
      "it is hard to understand this ma",
      "derstand this matter at all",
      "it is hard to understand this matter at all",
    ],
    ["the cold wind blew acro", "ind blew across the hills", "the cold wind blew across the hills"],
    ["I did not underst", "understand this", "I did not understand this"],
    ["I did not understand", "standing up", "I did not understand standing up"],
    ["他说积累经验不断学", "类经验不断学习。", "他说积累经验不断学习。"],
    ["안녕하세요 반갑습니다", "반갑습니다 저는", "안녕하세요 반갑습니다 저는"],
    ["and I said no no no", "no no no you are wrong", "and I said no no no you are wrong"],
    ["she said: “Go home", "“Go home now”, and left", "she said: “Go home now”, and left"],
    ["it costs 3.14 euros", "costs 3.14 euros and more", "it costs 3.14 euros and more"],
  ])("of %j and %j", (earlier, later, expected) => {
    expect(joinedText(earlier, later)).toBe(expected);
  });

  it("keeps all where nothing is the same and nothing is timed", () => {
    expect(joinedText("the first words", "something else")).toBe("the first words something else");
    expect(joinedText("sit in the", "theory is")).toBe("sit in the theory is");
    expect(joinedText("他说的人", "我的书")).toBe("他说的人我的书");
  });

  it("leaves alone what lies too far from the cut to be doubled", () => {
    const far = `never again ${"word ".repeat(30)}`;
    expect(joinedText(far.trim(), "never again indeed")).toBe(`${far}never again indeed`);
  });

  it("meets in the overlap where a segment is a whole part", () => {
    const { earlier, later } = joinOverlap(
      [part("one two three four", 0, 60_000)],
      [part("two three four five", 58_000, 118_000)],
      OVERLAP,
    );
    expect(earlier).toEqual([part("one two three", 0, 59_000)]);
    expect(later).toEqual([part("four five", 59_000, 118_000)]);
  });

  it("keeps words and text together", () => {
    const { earlier, later } = joinOverlap(
      [timed("we know that this is the", 57_600)],
      [timed("that this is the end, my friend", 58_400)],
      OVERLAP,
    );
    expect(earlier.map(({ text }) => text)).toEqual(["we know that this"]);
    expect(later.map(({ text }) => text)).toEqual(["is the end, my friend"]);
    for (const { text, words, startMs, endMs } of [...earlier, ...later]) {
      expect(words?.map((word) => word.text).join(" ")).toBe(text);
      expect(words?.[0]?.startMs).toBe(startMs);
      expect(words?.at(-1)?.endMs).toBe(endMs);
    }
  });

  it("takes the times of words where no word is the same", () => {
    const { earlier, later } = joinOverlap(
      [timed("alpha beta gamma delta", 58_100, 450)],
      [timed("ypsilon omega kappa lambda", 58_100, 450)],
      OVERLAP,
    );
    expect(earlier.map(({ text }) => text)).toEqual(["alpha beta"]);
    expect(later.map(({ text }) => text)).toEqual(["kappa lambda"]);
  });

  it("does not take a word said twice, a second apart, for the same", () => {
    const { earlier, later } = joinOverlap(
      [timed("well yes", 57_800, 300)],
      [timed("yes of course", 59_500, 300)],
      OVERLAP,
    );
    expect([...earlier, ...later].map(({ text }) => text)).toEqual(["well yes", "yes of course"]);
  });

  it("drops segments of which nothing is left", () => {
    const at = (text: string, startMs: number): Segment => ({
      text,
      startMs,
      endMs: startMs + 500,
    });
    const { earlier, later } = joinOverlap(
      [at("one two.", 57_900), at("Three.", 58_500), at("Four.", 59_300)],
      [at("Two.", 58_100), at("Three.", 58_600), at("Four.", 59_300), at("Five.", 60_500)],
      OVERLAP,
    );
    expect([...earlier, ...later].map(({ text }) => text)).toEqual([
      "one two.",
      "Three.",
      "Four.",
      "Five.",
    ]);
  });

  it("joins each channel by itself", () => {
    const on = (channel: number, text: string, startMs: number): Segment => ({
      text,
      startMs,
      endMs: startMs + 1500,
      channel,
    });
    const { earlier, later } = joinOverlap(
      [on(0, "left side speaks", 58_200), on(1, "right side answers", 58_300)],
      [on(0, "side speaks again", 58_400), on(1, "right side answers too", 58_300)],
      OVERLAP,
    );
    const of = (channel: number) =>
      joinTexts([...earlier, ...later].filter((s) => s.channel === channel).map((s) => s.text));
    expect(of(0)).toBe("left side speaks again");
    expect(of(1)).toBe("right side answers too");
  });
});

/** Distinct words, Latin or Han, cut in two with some of them on both sides. */
const cuts = fc
  .record({
    words: fc.uniqueArray(
      fc.oneof(
        fc.stringMatching(/^[a-z]{2,8}$/),
        fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
      ),
      { minLength: 2, maxLength: 60 },
    ),
    cut: fc.nat(),
    doubled: fc.nat({ max: 16 }),
    timed: fc.boolean(),
  })
  .map(({ words, cut, doubled, timed: isTimed }) => {
    const to = 1 + (cut % (words.length - 1));
    return { words, to, from: Math.max(0, to - doubled), isTimed };
  });

describe("for any words cut in two", () => {
  it("what was doubled is there once, and nothing is lost", () => {
    fc.assert(
      fc.property(cuts, ({ words, to, from, isTimed }) => {
        const segment = (first: number, end: number): Segment => {
          const pieces = words.slice(first, end);
          const timedWords = pieces.map((text, index) => ({
            text,
            startMs: 60_000 + (first + index - to) * 125,
            endMs: 60_000 + (first + index - to) * 125 + 120,
          }));
          const whole = part(pieces.join(" "), first === 0 ? 0 : 58_000, 118_000);
          if (!isTimed) return whole;
          const { approximate: _, ...measured } = whole;
          return { ...measured, words: timedWords };
        };
        const joined = joinOverlap([segment(0, to)], [segment(from, words.length)], OVERLAP);
        const segments = [...joined.earlier, ...joined.later];
        expect(segments.map(({ text }) => text).join(" ")).toBe(words.join(" "));
        if (isTimed) {
          expect(segments.flatMap((s) => s.words ?? []).map(({ text }) => text)).toEqual(words);
        }
      }),
      { numRuns: share(500, 20_000) },
    );
  });

  it("nothing is invented, and what no overlap can reach is untouched, whatever is said", () => {
    const texts = fc
      .array(fc.constantFrom("no", "yes", "the", "好", "的", "，", ". ", " ", "word", "“"), {
        maxLength: 80,
      })
      .map((pieces) => pieces.join(" "));
    fc.assert(
      fc.property(texts, texts, (earlier, later) => {
        const joined = joinOverlap(
          [part(earlier, 0, 60_000)],
          [part(later, 58_000, 118_000)],
          OVERLAP,
        );
        const letters = (text: string) => text.replace(/[^\p{L}]/gu, "");
        const before = letters(joined.earlier.map(({ text }) => text).join(""));
        const after = letters(joined.later.map(({ text }) => text).join(""));
        expect(letters(earlier).startsWith(before)).toBe(true);
        expect(letters(later).endsWith(after)).toBe(true);
        expect(before.length).toBeGreaterThanOrEqual(letters(earlier).length - 20 * 4);
        expect(after.length).toBeGreaterThanOrEqual(letters(later).length - 20 * 4);
      }),
      { numRuns: share(300, 20_000) },
    );
  });
});
