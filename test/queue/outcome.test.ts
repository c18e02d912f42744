import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AsrError, audioError } from "../../src/errors.ts";
import {
  isOutcomeEvent,
  type Outcome,
  packed,
  readError,
  unpackedAnswer,
  unpackedOutcome,
  writtenError,
} from "../../src/queue/outcome.ts";
import { anySegment, anyText, anyTranscript } from "../transcript/arbitraries.ts";

const anyEvent = fc.oneof(
  anySegment().map((segment) => ({ type: "final" as const, segment })),
  anyText.map((message) => ({ type: "warning" as const, warning: { code: "c", message } })),
  anyTranscript.map(({ usage, speech, language, raw = [] }) => ({
    type: "response" as const,
    ...(usage === undefined ? {} : { usage }),
    ...(speech === undefined ? {} : { speech }),
    ...(language === undefined ? {} : { language }),
    ...(raw.length === 0 ? {} : { raw: raw[0] }),
  })),
);

describe("what became of a job", () => {
  it("is the same on the other side of the queue", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), fc.nat(), (events, durationMs) => {
        const outcome: Outcome = { schemaVersion: 1, events, durationMs, sha256: "ab" };
        expect(unpackedOutcome(packed(outcome, []))).toEqual(outcome);
        const answer = { place: { channel: 1 }, events };
        expect(unpackedAnswer(packed(answer, []))).toEqual(answer);
      }),
    );
  });

  it("is packed where it is long, and not where that would cost more than it saves", () => {
    const event = (text: string) => ({
      type: "warning" as const,
      warning: { code: "c", message: text },
    });
    const short = { schemaVersion: 1 as const, events: [event("你好")] };
    expect(packed(short, []).toString()).toBe(JSON.stringify(short));
    const long = { schemaVersion: 1 as const, events: [event("你好".repeat(5000))] };
    expect(packed(long, []).length).toBeLessThan(1000);
    expect(unpackedOutcome(packed(long, []))).toEqual(long);
  });

  it("holds no secret, in whatever text of it", () => {
    const secret = "AKIDhush-hush-hush";
    const event = {
      type: "response" as const,
      raw: { header: { authorization: `Bearer ${secret}` } },
    };
    const bytes = packed({ schemaVersion: 1, events: [event] }, [secret]);
    expect(JSON.stringify(unpackedOutcome(bytes))).not.toContain("hush");
  });

  it.each([
    Buffer.from("nonsense"),
    packed({ schemaVersion: 1, events: [{ type: "sound" }] } as never, []),
    packed({ schemaVersion: 2, events: [] } as never, []),
  ])("is refused where no asr wrote it (%#)", (bytes) => {
    expect(() => unpackedOutcome(bytes)).toThrow();
  });

  it("keeps what an error says, and leaves what is of one process alone", () => {
    const details = {
      reason: "why",
      hint: "what to do",
      provider: "stepfun",
      vendorCode: 4002,
      requestId: "r",
      retryable: true,
      stopsBatch: true,
    };
    const error = new AsrError("quota", "too many", {
      ...details,
      cause: new Error("at /home/me"),
      reported: true,
      retryAfterMs: 5,
    });
    expect(writtenError(error)).toEqual({ kind: "quota", message: "too many", ...details });
    const read = readError(writtenError(error));
    expect(read).toBeInstanceOf(AsrError);
    expect({ exitCode: read.exitCode, ...read.details }).toEqual({ exitCode: 5, ...details });
    expect(readError(writtenError(audioError("none", "name one"))).details).toEqual({
      hint: "name one",
    });
  });

  it("is made of what a transcript is made of", () => {
    const segment = { text: "a", startMs: 0, endMs: 1 };
    expect(isOutcomeEvent({ type: "final", segment })).toBe(true);
    expect(isOutcomeEvent({ type: "partial", segment })).toBe(false);
    expect(isOutcomeEvent({ type: "progress", audioMs: 1 })).toBe(false);
  });
});
