import { describe, expect, it } from "vitest";
import { createAssembler } from "../../src/transcript/assemble.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";
import type { Segment, Source } from "../../src/transcript/transcript.ts";

const source: Source = {
  name: "talk.wav",
  durationMs: 9000,
  sampleRate: 16_000,
  channels: 1,
  sha256: "00".repeat(32),
};

function assembled(...events: RecognitionEvent[]) {
  const assembler = createAssembler({ provider: "local", model: "base" });
  for (const event of events) assembler.add(event);
  return assembler.transcript({ durationMs: 9000, source });
}

function final(text: string, startMs: number, more: Partial<Segment> = {}): RecognitionEvent {
  return { type: "final", segment: { text, startMs, endMs: startMs + 1000, ...more } };
}

describe("createAssembler", () => {
  it("makes an empty transcript of silence, with nothing invented", () => {
    expect(assembled()).toStrictEqual({
      provider: "local",
      model: "base",
      durationMs: 9000,
      segments: [],
      warnings: [],
      requestIds: [],
      source,
    });
  });

  it("sorts finals by start and leaves those that start together as they came", () => {
    const { segments } = assembled(
      final("third", 5000),
      final("first, channel 1", 0, { channel: 1 }),
      final("first, channel 0", 0, { channel: 0, endMs: 10 }),
      final("second", 700),
    );
    expect(segments.map(({ text }) => text)).toEqual([
      "first, channel 1",
      "first, channel 0",
      "second",
      "third",
    ]);
  });

  it("forgets partials and progress", () => {
    const { segments } = assembled(
      { type: "partial", segment: { text: "he", startMs: 0, endMs: 100 } },
      { type: "progress", audioMs: 100 },
      final("hello", 0),
    );
    expect(segments).toEqual([{ text: "hello", startMs: 0, endMs: 1000 }]);
  });

  it("keeps each warning once, though two may share a code", () => {
    const warning = { code: "no-speech", message: "part 1" };
    const other = { code: "no-speech", message: "part 2" };
    const { warnings } = assembled(
      { type: "warning", warning },
      { type: "warning", warning: other },
      { type: "warning", warning: { ...warning } },
    );
    expect(warnings).toEqual([warning, other]);
  });

  it("adds up what all answers say", () => {
    const transcript = assembled(
      {
        type: "response",
        requestId: "a",
        usage: { requests: 1, billedMs: 3000 },
        speech: [{ startMs: 4000, endMs: 5000 }],
        raw: { n: 1 },
      },
      {
        type: "response",
        requestId: "b",
        model: "large",
        usage: { requests: 2, billedMs: 500, tokens: 4, possiblyBilledTwice: true },
        speech: [
          { startMs: 0, endMs: 2000 },
          { startMs: 4500, endMs: 6000 },
        ],
        raw: { n: 2 },
      },
      { type: "response", requestId: "a" },
    );
    expect(transcript).toMatchObject({
      model: "large",
      requestIds: ["a", "b"],
      usage: { requests: 3, billedMs: 3500, tokens: 4, possiblyBilledTwice: true },
      speech: [
        { startMs: 0, endMs: 2000 },
        { startMs: 4000, endMs: 6000 },
      ],
      raw: [{ n: 1 }, { n: 2 }],
    });
  });

  it("names the language that was spoken longest, not the one named most often", () => {
    const { language } = assembled(
      { type: "response", language: "en", durationMs: 1000 },
      { type: "response", language: "en", durationMs: 1000 },
      { type: "response", language: "zh", durationMs: 5000 },
    );
    expect(language).toBe("zh");
  });

  it("measures a language by its speech where the answer says, not by the silence around", () => {
    const { language } = assembled(
      { type: "response", language: "en", durationMs: 9000, speech: [{ startMs: 0, endMs: 500 }] },
      { type: "response", language: "zh", durationMs: 3000 },
    );
    expect(language).toBe("zh");
  });

  it("counts answers where none has a length", () => {
    const { language } = assembled(
      { type: "response", language: "en" },
      { type: "response", language: "zh" },
      { type: "response", language: "zh" },
    );
    expect(language).toBe("zh");
  });

  it("takes a transcript between two events and goes on", () => {
    const assembler = createAssembler({ provider: "local" });
    assembler.add(final("one", 0));
    const before = assembler.transcript({ durationMs: 1000 });
    assembler.add(final("two", 2000));
    expect(before.segments).toHaveLength(1);
    expect(assembler.transcript({ durationMs: 3000 }).segments).toHaveLength(2);
  });

  it("lists the parts that were answered, by time", () => {
    const assembler = createAssembler({ provider: "fake" });
    const first = { startMs: 0, endMs: 9000, requestId: "a" };
    const second = { startMs: 9000, endMs: 12_000, requestId: "b" };
    assembler.add({ type: "response", requestId: "b", part: second });
    assembler.add({ type: "response", requestId: "a", part: first });
    expect(assembler.transcript({ durationMs: 12_000 }).parts).toEqual([first, second]);
  });
});
