import { describe, expect, it } from "vitest";
import {
  decideLanguage,
  stretchesOf,
  stretchStates,
} from "../../../src/providers/local/spoken-language.ts";

const heard = (lengthMs: number, languages: Readonly<Record<string, number>>) => ({
  lengthMs,
  languages: new Map(Object.entries(languages)),
});

describe("the language of a window", () => {
  it("is the one that most of it is in", () => {
    const stretches = [heard(500, { cy: 0.4, en: 0.3 }), heard(8_000, { en: 0.7, cy: 0.1 })];
    expect(decideLanguage(stretches, undefined)).toMatchObject({
      language: "en",
      changeIndex: undefined,
    });
  });

  it("changes where another is certain for more than a second", () => {
    const english = heard(10_000, { en: 0.8, zh: 0.1 });
    const chinese = heard(11_000, { zh: 0.99, en: 0.01 });
    expect(decideLanguage([english, english, chinese], undefined)).toMatchObject({
      language: "en",
      changeIndex: 2,
    });
    expect(decideLanguage([chinese, english], undefined)).toMatchObject({
      language: "zh",
      changeIndex: 1,
    });
  });

  it.each([
    ["one word", heard(600, { zh: 0.99 })],
    ["a doubtful stretch", heard(4_000, { zh: 0.7, en: 0.3 })],
  ])("does not change for %s", (_, stretch) => {
    const english = heard(10_000, { en: 0.9 });
    expect(decideLanguage([english, stretch, english], undefined)).toMatchObject({
      language: "en",
      changeIndex: undefined,
    });
  });

  it("does not change after what was no language at all", () => {
    const noise = heard(1_200, { la: 0.2, cy: 0.2 });
    const chinese = heard(9_000, { zh: 0.99 });
    expect(decideLanguage([noise, chinese], undefined)).toMatchObject({
      language: "zh",
      changeIndex: undefined,
    });
  });

  it("is that of the window before where this one does not say", () => {
    const doubtful = heard(700, { haw: 0.3, en: 0.25, zh: 0.2 });
    expect(decideLanguage([doubtful], "zh").language).toBe("zh");
    expect(decideLanguage([doubtful], undefined).language).toBe("haw");
    expect(decideLanguage([heard(700, { en: 0.9 })], "zh").language).toBe("en");
  });
});

describe("what is asked for its language", () => {
  it("is the speech between longer pauses", () => {
    const speech = [
      { startMs: 0, endMs: 1_000 },
      { startMs: 1_300, endMs: 2_000 },
      { startMs: 2_500, endMs: 3_000 },
    ];
    expect(stretchesOf(speech)).toEqual([
      { startMs: 0, endMs: 2_000 },
      { startMs: 2_500, endMs: 3_000 },
    ]);
  });

  it("is heard with the second of silence that ends the window", () => {
    const values = Float32Array.from({ length: 1_500 }, (_, state) => state);
    const states = stretchStates(
      { values, stateCount: 1_500, width: 1 },
      { startMs: 100, endMs: 161 },
    );
    expect([...states.values]).toEqual([5, 6, 7, 8, ...values.slice(1_450)]);
    expect(states.stateCount).toBe(54);
  });
});
