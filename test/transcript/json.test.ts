import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText } from "../../src/formats/json-text.ts";
import { readTranscript, transcriptToJson } from "../../src/transcript/json.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";
import { anyTranscript } from "./arbitraries.ts";

const small: Transcript = {
  provider: "local",
  durationMs: 2500,
  segments: [{ text: "hello", startMs: 1, endMs: 1001 }],
  warnings: [],
  requestIds: [],
};
const smallJson = transcriptToJson(small);

const full: Transcript = {
  provider: "tencent-flash",
  model: "16k_zh",
  language: "zh",
  durationMs: 61_500,
  segments: [
    {
      text: "你好。",
      startMs: 20,
      endMs: 1230,
      speaker: "1-0",
      channel: 0,
      approximate: true,
      words: [{ text: "你好", startMs: 20, endMs: 1000 }],
    },
    { text: "世界", startMs: 1500, endMs: 2000 },
  ],
  warnings: [{ code: "unsupported-words", message: "no word times here" }],
  usage: { requests: 2, billedMs: 61_500, tokens: 7, possiblyBilledTwice: true },
  requestIds: ["a", "b"],
  parts: [{ startMs: 0, endMs: 30_000, requestId: "a" }],
  speech: [{ startMs: 20, endMs: 2000 }],
  source: {
    name: "talk.wav",
    durationMs: 61_500,
    sampleRate: 16_000,
    channels: 2,
    sha256: "0f".repeat(32),
  },
  raw: [{ code: 0 }],
};

describe("transcriptToJson", () => {
  it("has the names, the order and the units that scripts rely on", () => {
    expect(JSON.stringify(transcriptToJson(full), undefined, 1)).toMatchInlineSnapshot(`
      "{
       "schema_version": 1,
       "provider": "tencent-flash",
       "model": "16k_zh",
       "language": "zh",
       "duration": 61.5,
       "text": "你好。世界",
       "segments": [
        {
         "id": 0,
         "start": 0.02,
         "end": 1.23,
         "text": "你好。",
         "speaker": "1-0",
         "channel": 0,
         "approximate": true,
         "words": [
          {
           "word": "你好",
           "start": 0.02,
           "end": 1
          }
         ]
        },
        {
         "id": 1,
         "start": 1.5,
         "end": 2,
         "text": "世界"
        }
       ],
       "warnings": [
        {
         "code": "unsupported-words",
         "message": "no word times here"
        }
       ],
       "usage": {
        "requests": 2,
        "billed_seconds": 61.5,
        "tokens": 7,
        "possibly_billed_twice": true
       },
       "request_ids": [
        "a",
        "b"
       ],
       "parts": [
        {
         "start": 0,
         "end": 30,
         "request_id": "a"
        }
       ],
       "speech": [
        {
         "start": 0.02,
         "end": 2
        }
       ],
       "source": {
        "name": "talk.wav",
        "duration": 61.5,
        "sample_rate": 16000,
        "channels": 2,
        "sha256": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
       },
       "raw": [
        {
         "code": 0
        }
       ]
      }"
    `);
  });

  it("leaves out what is not known", () => {
    expect(Object.keys(smallJson)).toEqual([
      "schema_version",
      "provider",
      "duration",
      "text",
      "segments",
      "warnings",
      "request_ids",
    ]);
    expect(smallJson.segments).toEqual([{ id: 0, start: 0.001, end: 1.001, text: "hello" }]);
  });
});

describe("readTranscript", () => {
  it("gives back exactly what was written, whatever the transcript", () => {
    fc.assert(
      fc.property(anyTranscript, fc.constantFrom(0, 2), (transcript, indent) => {
        const text = jsonText(transcriptToJson(transcript), indent);
        const read = readTranscript(Buffer.from(text).toString());
        expect(read).toStrictEqual(transcript);
        expect(jsonText(transcriptToJson(read), indent)).toBe(text);
      }),
    );
  });

  it("passes over unknown fields at every level", () => {
    const json = {
      ...smallJson,
      mood: "good",
      segments: smallJson.segments.map((segment) => ({ ...segment, avg_logprob: -0.2 })),
    };
    expect(readTranscript(JSON.stringify(json))).toStrictEqual(small);
  });

  it("reads a file that begins with a BOM", () => {
    expect(readTranscript(`\ufeff${JSON.stringify(smallJson)}`)).toStrictEqual(small);
  });

  it("refuses a newer schema, whatever its shape, and says to update", () => {
    expect(() => readTranscript('{"schema_version": 2, "cues": []}')).toThrow(
      expect.objectContaining({
        kind: "audio",
        exitCode: 3,
        message: "the transcript has schema version 2",
        details: expect.objectContaining({ hint: expect.stringContaining("update asr") }),
      }),
    );
  });

  it.each([
    ["an empty file", "", "JSON"],
    ["JSON cut short", '{"schema_version": 1', "JSON"],
  ])("refuses %s", (_, text, reason) => {
    expect(() => readTranscript(text)).toThrow(
      expect.objectContaining({
        kind: "audio",
        message: "not a transcript: the JSON is broken",
        details: expect.objectContaining({ reason: expect.stringContaining(reason) }),
      }),
    );
  });

  it.each([
    ["null", "null", /expected object/],
    ["whisper's JSON, which has no version", '{"text": "", "segments": []}', /^schema_version: /],
    ["version 0", JSON.stringify({ ...smallJson, schema_version: 0 }), /^schema_version: /],
    [
      "a time that is text",
      JSON.stringify({ ...smallJson, segments: [{ ...smallJson.segments[0], start: "1" }] }),
      /^segments\[0\]\.start: .*expected number/,
    ],
  ])("refuses %s and names the place", (_, text, reason) => {
    expect(() => readTranscript(text)).toThrow(
      expect.objectContaining({
        kind: "audio",
        message: "not a transcript",
        details: expect.objectContaining({ reason: expect.stringMatching(reason) }),
      }),
    );
  });
});
