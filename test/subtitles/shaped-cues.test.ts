import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCueMaker, cuesOf, styleOf } from "../../src/subtitles/cue-maker.ts";
import type { CueSettings } from "../../src/subtitles/cue-settings.ts";
import type { Cue } from "../../src/subtitles/cues.ts";
import { checkCues } from "../../src/subtitles/rules.ts";
import type { StyleOverrides } from "../../src/subtitles/style.ts";
import { STYLES } from "../../src/subtitles/styles/table.ts";
import { sortSegments } from "../../src/transcript/order.ts";
import { textLines } from "../../src/transcript/text.ts";
import type { Segment } from "../../src/transcript/transcript.ts";
import { anySegment } from "../transcript/arbitraries.ts";
import { anySpeech } from "./speech.ts";

const SHAPED = STYLES.filter(({ asGiven }) => asGiven !== true);

const odd = fc.array(anySegment(fc.integer({ min: -100, max: 9000 })), { maxLength: 10 });
const anySegments = fc.oneof(anySpeech, odd);

/** A word of two lines, with a blank before its comma. */
const TORN_AT_A_BLANK: Segment[] = [
  {
    text: "https://example.com/a/very/long/path?with=query&and=moreinternationalisation ，今天",
    startMs: 0,
    endMs: 0,
    words: [
      "https://example.com/a/very/long/path?with=query&and=more",
      ...["internationalisation", "，", "今天"],
    ].map((text) => ({ text, startMs: 0, endMs: 0 })),
  },
];

const anySpeakerStyle = fc.constantFrom("none", "dash", "name");

const anyOverrides: fc.Arbitrary<StyleOverrides> = fc.record(
  {
    maxLine: fc.integer({ min: 4, max: 50 }),
    maxLines: fc.integer({ min: 1, max: 3 }),
    maxCps: fc.integer({ min: 1, max: 30 }),
    minDurationMs: fc.integer({ min: 0, max: 9000 }),
    maxDurationMs: fc.integer({ min: 500, max: 10_000 }),
    minGapMs: fc.integer({ min: 0, max: 500 }),
    lingerMs: fc.integer({ min: 0, max: 2000 }),
    punctuation: fc.constantFrom("keep", "drop", "blank"),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** What must not get lost: neither blanks nor the marks that a style leaves out. */
function substance(texts: readonly string[]): string {
  return texts.join("").replace(/[\s，。、､｡,.]/g, "");
}

function textOf(cues: readonly Cue[]): string {
  return substance(cues.flatMap(({ lines }) => lines));
}

function hardFindings(segments: readonly Segment[], settings: CueSettings) {
  const style = styleOf(settings, "");
  return checkCues(cuesOf(segments, settings), style).filter(({ severity }) => severity === "hard");
}

describe.each(SHAPED)("$id", (style) => {
  it("breaks no hard rule, whatever was said", () => {
    fc.assert(
      fc.property(anySegments, anySpeakerStyle, (segments, speakers) => {
        expect(hardFindings(segments, { style, speakers })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("breaks no hard rule that the user sets instead", () => {
    fc.assert(
      fc.property(anySegments, anyOverrides, fc.boolean(), (segments, overrides, areCues) => {
        expect(hardFindings(segments, { style, overrides, areCues })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("loses no character but blanks, commas and full stops, and shows each voice's in order", () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const cues = cuesOf(segments, { style });
        for (const speaker of new Set(segments.map((segment) => segment.speaker))) {
          for (const channel of new Set(segments.map((segment) => segment.channel))) {
            const isTheirs = (voice: Pick<Segment, "speaker" | "channel">) =>
              voice.speaker === speaker && voice.channel === channel;
            const said = sortSegments(segments).filter(isTheirs);
            expect(textOf(cues.filter(isTheirs))).toBe(
              substance(said.flatMap(({ text }) => textLines(text))),
            );
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("keeps every mark where it is told to", () => {
    fc.assert(
      fc.property(anySpeech, (segments) => {
        const said = segments.map((segment) => ({ ...segment, speaker: "0" }));
        const cues = cuesOf(said, { style, overrides: { punctuation: "keep" } });
        const shown = cues.flatMap(({ lines }) => lines).join("");
        expect(shown.replace(/\s/g, "")).toBe(
          sortSegments(said)
            .map(({ text }) => text)
            .join("")
            .replace(/\s/g, ""),
        );
      }),
    );
  });

  it("comes out the same while segments come as when all are known", () => {
    fc.assert(
      fc.property(anySegments, anySpeakerStyle, (segments, speakers) => {
        const maker = createCueMaker({ style, speakers });
        const live = sortSegments(segments).flatMap((segment) => [...maker.add(segment)]);
        expect([...live, ...maker.end()]).toEqual(cuesOf(segments, { style, speakers }));
      }),
    );
  });

  it("stays legal and complete when segments come late", () => {
    fc.assert(
      fc.property(odd, (segments) => {
        const maker = createCueMaker({ style });
        const cues = [...segments.flatMap((late) => [...maker.add(late)]), ...maker.end()];
        expect(checkCues(cues, style).filter(({ severity }) => severity === "hard")).toEqual([]);
        const sorted = (text: string) => Array.from(text).toSorted().join("");
        expect(sorted(textOf(cues))).toBe(
          sorted(substance(segments.flatMap(({ text }) => textLines(text)))),
        );
      }),
    );
  });

  it("has all cues of a segment as soon as one is known that does not go on with it", () => {
    const maker = createCueMaker({ style });
    const text =
      "This is a whole sentence of its own, and it takes a while. So does this one, really.";
    expect(maker.add({ text, startMs: 0, endMs: 6000 })).toEqual([]);
    const shown = [...maker.add({ text, startMs: 9000, endMs: 15_000 })];
    expect(textOf(shown)).toBe(substance([text]));
    expect(shown.at(-1)?.endMs).toBe(6000 + style.lingerMs);
  });

  it("says of every word with a time which letters of which line it is", () => {
    fc.assert(
      fc.property(anySpeech, (segments) => {
        for (const { lines, words = [] } of cuesOf(segments, { style })) {
          let before = { line: 0, end: 0, startMs: 0 };
          for (const word of words) {
            const text = lines[word.line]?.slice(word.start, word.end) ?? "";
            expect(text).not.toBe("");
            expect(text.trim()).toBe(text);
            expect(word.startMs).toBeGreaterThanOrEqual(before.startMs);
            if (word.line === before.line) expect(word.start).toBeGreaterThanOrEqual(before.end);
            before = word;
          }
        }
      }),
      { examples: [[TORN_AT_A_BLANK]] },
    );
  });
});
