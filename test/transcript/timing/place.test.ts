import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeByVoice } from "../../../src/transcript/timing/place.ts";
import type { Interval, Segment } from "../../../src/transcript/transcript.ts";
import { share } from "../../share.ts";

const whole = (text: string, startMs: number, endMs: number): Segment => ({
  text,
  startMs,
  endMs,
  approximate: true,
});
const SENTENCES = { words: false };
const WORDS = { words: true };

describe("placing text by voice", () => {
  it("gives each sentence the stretch in which it is spoken", () => {
    const speech = [
      { startMs: 500, endMs: 1500 },
      { startMs: 3000, endMs: 5000 },
    ];
    expect(placeByVoice(whole("你好吗？我今天很好的。", 0, 8000), speech, SENTENCES)).toEqual([
      { text: "你好吗？", startMs: 500, endMs: 1500, approximate: true },
      { text: "我今天很好的。", startMs: 3000, endMs: 5000, approximate: true },
    ]);
  });

  it("shares a stretch without a pause by the length of the texts", () => {
    const speech = [{ startMs: 0, endMs: 9000 }];
    const placed = placeByVoice(whole("One. Alexander understood everything.", 0, 9000), speech, {
      words: false,
    });
    expect(placed.map(({ text }) => text)).toEqual(["One.", "Alexander understood everything."]);
    const borderMs = placed[1]?.startMs ?? 0;
    expect(placed[0]?.endMs).toBe(borderMs);
    expect(borderMs).toBeGreaterThan(500);
    expect(borderMs).toBeLessThan(2000);
  });

  it("follows a speaker whose pace changes, over pauses inside of sentences", () => {
    const speech: Interval[] = [];
    const starts: number[] = [];
    let text = "";
    let atMs = 0;
    for (let sentence = 0; sentence < 100; sentence++) {
      starts.push(atMs);
      const msPerCharacter = 170 + ((sentence * 37) % 61);
      for (const [phrase, length] of [4 + (sentence % 7), 3 + (sentence % 5)].entries()) {
        text += `${"好".repeat(length)}${phrase === 0 ? "，" : "。"}`;
        speech.push({ startMs: atMs, endMs: atMs + length * msPerCharacter });
        atMs += length * msPerCharacter + (phrase === 0 ? 150 : 450);
      }
    }
    const placed = placeByVoice(whole(text, 0, atMs), speech, SENTENCES);
    expect(placed.map(({ startMs }) => startMs)).toEqual(starts);
  });

  it("cuts no number, address or abbreviation", () => {
    const text = "It is 3.14 at feishu.cn. Yes.";
    const placed = placeByVoice(whole(text, 0, 4000), [], SENTENCES);
    expect(placed.map((segment) => segment.text)).toEqual(["It is 3.14 at feishu.cn.", "Yes."]);
  });

  it("spreads over the bounds where nobody was heard, or too little for the text", () => {
    const even = [
      { text: "好的。", startMs: 1000, endMs: 2000, approximate: true },
      { text: "再见。", startMs: 2000, endMs: 3000, approximate: true },
    ];
    expect(placeByVoice(whole("好的。再见。", 1000, 3000), [], SENTENCES)).toEqual(even);
    const cough = [{ startMs: 1500, endMs: 1600 }];
    expect(placeByVoice(whole("好的。再见。", 1000, 3000), cough, SENTENCES)).toEqual(even);
  });

  it("gives words times, Chinese by character, punctuation with the word before it", () => {
    const speech = [
      { startMs: 0, endMs: 800 },
      { startMs: 2000, endMs: 3000 },
    ];
    const [segment] = placeByVoice(whole("用“Python”编程，好。", 0, 3000), speech, WORDS);
    expect(segment?.words?.map(({ text }) => text)).toEqual([
      "用",
      "“Python”",
      "编",
      "程，",
      "好。",
    ]);
    for (const { startMs, endMs } of segment?.words ?? []) expect(endMs).toBeGreaterThan(startMs);
    expect(segment?.words?.at(0)?.startMs).toBe(0);
    expect(segment?.words?.at(-1)?.endMs).toBe(3000);
  });

  it("takes a number for as long as it is read", () => {
    const [first, second] = placeByVoice(whole("2024! and!", 0, 4000), [], SENTENCES);
    expect((first?.endMs ?? 0) - (first?.startMs ?? 0)).toBeGreaterThan(
      3 * ((second?.endMs ?? 0) - (second?.startMs ?? 0)),
    );
  });

  it("leaves measured times, words, speaker and channel alone", () => {
    const measured = { text: "One. Two.", startMs: 0, endMs: 1000 };
    expect(placeByVoice(measured, [], WORDS)).toEqual([measured]);
    const worded = { ...whole("One. Two.", 0, 9), words: [{ text: "One.", startMs: 0, endMs: 4 }] };
    expect(placeByVoice(worded, [], WORDS)).toEqual([worded]);
    const labelled = { ...whole("One. Two.", 0, 1000), speaker: "2-0", channel: 1 };
    for (const { speaker, channel } of placeByVoice(labelled, [], WORDS)) {
      expect({ speaker, channel }).toEqual({ speaker: "2-0", channel: 1 });
    }
  });
});

const texts = fc
  .array(
    fc.constantFrom(
      "好",
      "の",
      "안",
      "word",
      "I",
      "42",
      "3.14",
      "。",
      ". ",
      "? ",
      "，",
      " ",
      "“",
      "”",
      "\n",
      "🎉",
      "%",
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((pieces) => pieces.join(""));
const speeches = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 3000 })), {
    maxLength: 20,
  })
  .map((lengths) => {
    let atMs = 0;
    return lengths.map(([gapMs, lengthMs]): Interval => {
      const startMs = atMs + gapMs;
      atMs = startMs + lengthMs;
      return { startMs, endMs: atMs };
    });
  });
const bare = (text: string) => text.replace(/\s+/g, "");

describe("for any text and any speech", () => {
  it("no text is lost, the times rise, and nothing leaves the bounds", () => {
    fc.assert(
      fc.property(
        texts,
        speeches,
        fc.nat({ max: 20_000 }),
        fc.nat({ max: 40_000 }),
        fc.boolean(),
        (text, speech, startMs, lengthMs, words) => {
          fc.pre(text.trim() !== "");
          const bounds = { startMs, endMs: startMs + lengthMs };
          const placed = placeByVoice(whole(text, startMs, bounds.endMs), speech, { words });
          expect(bare(placed.map((segment) => segment.text).join(""))).toBe(bare(text));
          let lastMs = startMs;
          for (const segment of placed) {
            expect(segment.approximate).toBe(true);
            expect(segment.startMs).toBeGreaterThanOrEqual(lastMs);
            expect(segment.endMs).toBeGreaterThanOrEqual(segment.startMs);
            if (segment.words !== undefined) {
              expect(bare(segment.words.map((word) => word.text).join(""))).toBe(
                bare(segment.text),
              );
              let wordMs = segment.startMs;
              for (const word of segment.words) {
                expect(word.startMs).toBeGreaterThanOrEqual(wordMs);
                expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
                wordMs = word.endMs;
              }
              expect(wordMs).toBeLessThanOrEqual(segment.endMs);
            }
            lastMs = segment.endMs;
          }
          expect(lastMs).toBeLessThanOrEqual(bounds.endMs);
        },
      ),
      { numRuns: share(300, 20_000) },
    );
  });
});
