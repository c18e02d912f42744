import { describe, expect, it } from "vitest";
import { VoiceActivity } from "../../../src/audio/voice/activity.ts";
import {
  type RecogniserOptions,
  recogniseSpeech,
} from "../../../src/providers/local/recogniser.ts";
import type { RecognitionEvent } from "../../../src/transcript/events.ts";
import { type FakeOptions, fakeModel, scorer, script } from "./fake-model.ts";
import { segmentsOf } from "./recordings.ts";

const AUTO: RecogniserOptions = {
  choice: { language: undefined, script: "Hans" },
  raw: false,
  languageBefore: undefined,
};

async function recognise(
  text: string,
  options: Partial<RecogniserOptions> = {},
  fake: FakeOptions = {},
) {
  const { model, asked } = fakeModel(fake);
  const samples = script(text);
  async function* blocks() {
    for (let start = 0; start < samples.length; start += 7_000) {
      yield samples.subarray(start, start + 7_000);
    }
  }
  const activity = new VoiceActivity(scorer);
  const events: RecognitionEvent[] = [];
  for await (const event of recogniseSpeech(blocks(), model, activity, { ...AUTO, ...options })) {
    events.push(event);
  }
  const text_ = segmentsOf(events).map((segment) => segment.text);
  return { events, asked, text: text_.join("") };
}

const alphabet = "abcdefghijklmnopqrstuvwxyz";

describe("a recording", () => {
  it("becomes segments at the recording's times, in order", async () => {
    const { events } = await recognise(".ab..c.....d.");
    expect(segmentsOf(events)).toEqual([
      { text: "a", startMs: expect.closeTo(1_000, -2), endMs: expect.closeTo(2_000, -2) },
      { text: "b", startMs: expect.closeTo(2_000, -2), endMs: expect.closeTo(3_000, -2) },
      { text: "c", startMs: expect.closeTo(5_000, -2), endMs: expect.closeTo(6_000, -2) },
      { text: "d", startMs: expect.closeTo(11_000, -2), endMs: expect.closeTo(12_000, -2) },
    ]);
  });

  it("loses and doubles nothing over many windows", async () => {
    const spoken = [...alphabet.repeat(4)].map((letter, index) =>
      index % 7 === 6 ? `${letter}.` : letter,
    );
    const { text, asked } = await recognise(spoken.join(""));
    expect(text).toBe(alphabet.repeat(4));
    expect(asked.length).toBeGreaterThan(3);
  });

  it("loses and doubles nothing where there is no pause at all", async () => {
    const { text, asked } = await recognise(alphabet.repeat(3));
    expect(text).toBe(alphabet.repeat(3));
    expect(asked.length).toBeGreaterThan(2);
  });

  it("reports progress up to its end, never back", async () => {
    const { events } = await recognise("ab......cd.......");
    const progress = events.flatMap((event) => (event.type === "progress" ? [event.audioMs] : []));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(4);
    expect(progress.at(-1)).toBe(17_000);
  });

  it("is answered with model, language and the speech found", async () => {
    const { events } = await recognise(".ab.....c.");
    const responses = events.filter((event) => event.type === "response");
    expect(responses).toMatchObject([
      { model: "fake", language: "en", speech: [{ startMs: 962, endMs: 3_038 }] },
      { model: "fake", language: "en", speech: [{ startMs: 7_970, endMs: 9_054 }] },
    ]);
  });

  it("carries the model's own answers where they are wanted", async () => {
    const { events } = await recognise("ab", { raw: true });
    const [raw] = events.flatMap((event) => (event.type === "response" ? [event.raw] : []));
    expect(raw).toMatchObject({ start_ms: 0, language: "en", avg_logprob: -0.2 });
  });
});

describe("no speech", () => {
  it("is said once, and there is no text", async () => {
    const { events, asked } = await recognise("..........");
    expect(segmentsOf(events)).toEqual([]);
    expect(events.filter((event) => event.type === "warning")).toEqual([
      { type: "warning", warning: { code: "no-speech", message: expect.any(String) } },
    ]);
    expect(asked).toEqual([]);
  });

  it("is believed where the model says so and is unsure of its text", async () => {
    const answer = () => ({ noSpeechProbability: 0.7, averageLogProbability: -1.2 });
    const { events } = await recognise("ab", {}, { answer });
    expect(segmentsOf(events)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ warning: { code: "no-speech" } });
  });

  it("is all that is left of an empty recording", async () => {
    const { events } = await recognise("");
    expect(events.at(-1)).toMatchObject({ warning: { code: "no-speech" } });
  });
});

describe("languages", () => {
  it("each get their own window", async () => {
    const { text, asked } = await recognise("abcd.xyz.efg", {}, { chinese: "xyz" });
    expect(text).toBe("abcdxyzefg");
    expect(asked).toEqual([
      { heard: "abcd", language: "en" },
      { heard: "xyz", language: "zh" },
      { heard: "efg", language: "en" },
    ]);
  });

  it("are not looked for where one was asked for", async () => {
    const choice = { language: "zh", script: "Hans" } as const;
    const { asked } = await recognise("abcd.efg", { choice });
    expect(asked).toEqual([{ heard: "abcdefg", language: "zh" }]);
  });
});

describe("a loop", () => {
  const looping = { tokens: [1_000, ...Array<number>(30).fill(1)], ending: "loop" } as const;

  it("is mended by a shorter window, where there is a pause", async () => {
    const answer = (heard: string) => (heard.length > 3 ? looping : {});
    const { text, events } = await recognise("abc.def", {}, { answer });
    expect(text).toBe("abcdef");
    expect(events.some((event) => event.type === "warning")).toBe(false);
  });

  it("is cut out of the text where there is none, with a warning", async () => {
    const { text, events } = await recognise("abc", {}, { answer: () => looping });
    expect(text).toBe("a");
    expect(events).toContainEqual({
      type: "warning",
      warning: { code: "repetition-cut", message: expect.stringContaining("0:00") },
    });
  });
});

describe("more than the decoder can remember", () => {
  it("is heard again in two windows", async () => {
    const answer = (heard: string) => (heard.length > 4 ? ({ ending: "too-long" } as const) : {});
    const { text, asked } = await recognise("abc.defg", {}, { answer });
    expect(text).toBe("abcdefg");
    expect(asked.map(({ heard }) => heard)).toEqual(["abcdefg", "abc", "defg"]);
  });

  it("goes on from the last time where there is no pause", async () => {
    let first = true;
    const answer = () => {
      if (!first) return {};
      first = false;
      // a, b, and the beginning of c
      return { ending: "too-long", tokens: [1_000, 1, 1_050, 1_050, 2, 1_100, 1_100, 3] } as const;
    };
    const { text } = await recognise("abcdef", {}, { answer });
    expect(text).toBe("abcdef");
  });
});

describe("a short word that could be of any language", () => {
  const asked = async (languageBefore: string | undefined, english: number) => {
    const { model, asked } = fakeModel();
    const rest = (1 - english) / 2;
    const languages = async () => new Map(Object.entries({ en: english, zh: rest, ja: rest }));
    async function* blocks() {
      yield script("a.");
    }
    const options = { ...AUTO, languageBefore };
    const activity = new VoiceActivity(scorer);
    for await (const event of recogniseSpeech(
      blocks(),
      { ...model, languages },
      activity,
      options,
    )) {
      void event;
    }
    return asked.map(({ language }) => language);
  };

  it("is taken for one of the language that was spoken before", async () => {
    expect(await asked("zh", 0.4)).toEqual(["zh"]);
    expect(await asked(undefined, 0.4)).toEqual(["en"]);
  });

  it("unless the model is sure", async () => {
    expect(await asked("zh", 0.9)).toEqual(["en"]);
  });
});
