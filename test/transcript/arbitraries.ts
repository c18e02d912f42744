/** Transcripts as fast-check makes them up: the odder the better, but of the right types. */
import fc from "fast-check";
import type { Interval, Segment, Transcript } from "../../src/transcript/transcript.ts";

const AWKWARD = [
  "你好，世界。",
  "mixed 中文 text",
  "مرحبا بالعالم",
  "👩‍👩‍👧‍👦",
  "\ud800",
  "\udc00x",
  "-->",
  "a ----> b",
  "00:00:01,000 --> 00:00:02,000",
  "42",
  "R&D <b>bold</b> {\\an8}",
  "[00:12.00]twice",
  "one\n\n\ntwo",
  "a\tb\r\nc\u2028d\u0085e",
  "\u0000\u001b[31m\u007f\u009b",
  "\u200eleft\u200f",
  " ",
  "",
];

const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

export const anyText = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.array(fc.constantFrom(...AWKWARD), { maxLength: 3 }).map((parts) => parts.join("")),
  fc.string({ unit: codeUnit, maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

/** Up to 30 000 years, mostly hours. */
const anyMs = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.integer({ min: 0, max: 400_000_000 }),
  fc.integer({ min: 0, max: 1_000_000_000_000_000 }),
);

const anyInterval: fc.Arbitrary<Interval> = fc.record(
  { startMs: anyMs, endMs: anyMs },
  { noNullPrototype: true },
);

/** @param ms times to draw from; ends may lie before starts */
export function anySegment(ms: fc.Arbitrary<number> = anyMs): fc.Arbitrary<Segment> {
  return fc.record(
    {
      text: anyText,
      startMs: ms,
      endMs: ms,
      speaker: fc.constantFrom("0", "1-0", "B\tC"),
      channel: fc.nat(3),
      approximate: fc.boolean(),
      words: fc.array(
        fc.record({ text: anyText, startMs: ms, endMs: ms }, { noNullPrototype: true }),
        { maxLength: 3 },
      ),
    },
    { noNullPrototype: true, requiredKeys: ["text", "startMs", "endMs"] },
  );
}

export const anyTranscript: fc.Arbitrary<Transcript> = fc.record(
  {
    provider: fc.constantFrom("local", "tencent-flash"),
    model: anyText,
    language: fc.constantFrom("zh", "en-US"),
    durationMs: anyMs,
    segments: fc.array(anySegment(), { maxLength: 8 }),
    warnings: fc.array(
      fc.record({ code: fc.constant("no-speech"), message: anyText }, { noNullPrototype: true }),
      {
        maxLength: 2,
      },
    ),
    usage: fc.record(
      {
        requests: fc.nat(9),
        billedMs: anyMs,
        tokens: fc.nat(),
        possiblyBilledTwice: fc.boolean(),
      },
      { noNullPrototype: true, requiredKeys: ["requests", "billedMs"] },
    ),
    requestIds: fc.array(anyText, { maxLength: 3 }),
    parts: fc.array(
      fc.record(
        { startMs: anyMs, endMs: anyMs, requestId: anyText },
        { noNullPrototype: true, requiredKeys: ["startMs", "endMs"] },
      ),
      { maxLength: 2 },
    ),
    speech: fc.array(anyInterval, { maxLength: 2 }),
    source: fc.record(
      {
        name: anyText,
        durationMs: anyMs,
        sampleRate: fc.constantFrom(8000, 16_000),
        channels: fc.constantFrom(1, 2),
        sha256: fc.constant("ab".repeat(32)),
      },
      { noNullPrototype: true },
    ),
    raw: fc.array(
      fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value))), // −0 is 0 in JSON
      { maxLength: 2 },
    ),
  },
  {
    noNullPrototype: true,
    requiredKeys: ["provider", "durationMs", "segments", "warnings", "requestIds"],
  },
);
