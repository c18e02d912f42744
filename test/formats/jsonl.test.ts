import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import type { FormatOptions } from "../../src/formats/format.ts";
import { jsonl } from "../../src/formats/jsonl.ts";
import { formatTranscript } from "../../src/formats/table.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import { transcriptToJson } from "../../src/transcript/json.ts";
import { anyTranscript } from "../transcript/arbitraries.ts";

function lines(events: readonly JobEvent[], options: FormatOptions = {}): unknown[] {
  const writer = jsonl.open(options);
  const text = events.map((event) => writer.write(event)).join("");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

describe("jsonl", () => {
  it("opens with what is being recognised and by whom", () => {
    const source = { name: "-", sampleRate: 16_000, channels: 1 };
    expect(lines([{ type: "start", provider: "local", model: "base", source }])).toEqual([
      {
        type: "start",
        schema_version: 1,
        provider: "local",
        model: "base",
        source: { name: "-", sample_rate: 16_000, channels: 1 },
      },
    ]);
  });

  it("numbers finals and not partials", () => {
    const words = [{ text: "hello", startMs: 10, endMs: 990 }];
    const segment = { text: "hello", startMs: 5, endMs: 1000, speaker: "0", channel: 1, words };
    const json = {
      start: 0.005,
      end: 1,
      text: "hello",
      speaker: "0",
      channel: 1,
      words: [{ word: "hello", start: 0.01, end: 0.99 }],
    };
    expect(
      lines([
        { type: "partial", segment },
        { type: "final", segment },
        { type: "partial", segment },
        { type: "final", segment },
      ]),
    ).toEqual([
      { type: "partial", ...json },
      { type: "final", id: 0, ...json },
      { type: "partial", ...json },
      { type: "final", id: 1, ...json },
    ]);
  });

  it("tells warnings and progress", () => {
    expect(
      lines([
        { type: "warning", warning: { code: "no-speech", message: "nothing was said" } },
        { type: "progress", audioMs: 1234 },
        { type: "progress", audioMs: 2000, lagMs: 345 },
      ]),
    ).toEqual([
      { type: "warning", code: "no-speech", message: "nothing was said" },
      { type: "progress", processed: 1.234 },
      { type: "progress", processed: 2, lag: 0.345 },
    ]);
  });

  it("ends a failed job with what a program can act on", () => {
    const error = new AsrError("quota", "too many requests", {
      reason: "the account's limit",
      provider: "stepfun",
      vendorCode: 429,
      requestId: "r1",
      retryable: true,
      hint: "wait a minute",
      cause: new Error("never shown"),
    });
    expect(lines([{ type: "error", error }])).toEqual([
      {
        type: "error",
        code: "quota",
        message: "too many requests",
        reason: "the account's limit",
        provider: "stepfun",
        vendor_code: 429,
        request_id: "r1",
        retryable: true,
        hint: "wait a minute",
      },
    ]);
  });

  it("leaves out of an error what is not known", () => {
    const error = new AsrError("internal", "oops");
    expect(lines([{ type: "error", error }])).toEqual([
      { type: "error", code: "internal", message: "oops", retryable: false },
    ]);
  });

  it("names the input of every event where several share a stream", () => {
    const all = lines(
      [
        { type: "start", provider: "local" },
        { type: "final", segment: { text: "a", startMs: 0, endMs: 1 } },
        { type: "error", error: new AsrError("network", "gone") },
      ],
      { input: "a.wav" },
    );
    expect(all).toHaveLength(3);
    for (const line of all) expect(line).toMatchObject({ input: "a.wav" });
  });

  it("has no line for a vendor's answer", () => {
    expect(lines([{ type: "response", requestId: "a", raw: { secret: 1 } }])).toEqual([]);
  });

  it("says altogether what the JSON transcript says, every line a document", () => {
    fc.assert(
      fc.property(anyTranscript, (transcript) => {
        // By time already, as an assembler gives it: then ids agree.
        const sorted = {
          ...transcript,
          segments: transcript.segments.toSorted((a, b) => a.startMs - b.startMs),
        };
        const text = formatTranscript("jsonl", sorted, { pretty: true });
        const parsed = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).slice(0, -1);
        const [start, ...rest] = parsed.map((line) => JSON.parse(line));
        const { type, ...done } = rest.pop();
        const {
          text: _,
          segments,
          ...facts
        } = JSON.parse(JSON.stringify(transcriptToJson(sorted)));
        expect(start).toMatchObject({ type: "start", provider: sorted.provider });
        expect(rest).toEqual(segments.map((segment: object) => ({ type: "final", ...segment })));
        expect([type, done]).toEqual(["done", facts]);
      }),
    );
  });
});
