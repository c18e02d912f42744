import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { progressText } from "../../src/terminal/progress.ts";
import { errorAsJson, errorAsText, NO_PAINT } from "../../src/terminal/report.ts";
import { sanitize } from "../../src/terminal/sanitize.ts";

const refused = new AsrError("credentials", "the vendor refused\u001b[2J the key", {
  reason: "signature\nmismatch",
  hint: "check the clock",
  provider: "tencent-flash",
  vendorCode: 4002,
  requestId: "6098aeca",
});

describe("an error on stderr", () => {
  it("is three short lines, with the vendor's code and request", () => {
    expect(errorAsText(refused, NO_PAINT, "talk.wav")).toBe(
      "asr: error: talk.wav: the vendor refused[2J the key (code 4002, request 6098aeca)\n" +
        "  why: signature mismatch\n" +
        "  try: check the clock\n",
    );
  });

  it("names its input once", () => {
    const error = new AsrError("audio", "a.wav: is empty");
    expect(errorAsText(error, NO_PAINT, "a.wav")).toBe("asr: error: a.wav: is empty\n");
  });

  it("escapes for programs what a terminal would obey", () => {
    const line = errorAsJson(new AsrError("audio", "a\u009b2J\u202eb"));
    expect(line).toContain("a\\u009b2J\\u202eb");
    expect(JSON.parse(line).message).toBe("a\u009b2J\u202eb");
  });

  it("is one object for programs", () => {
    expect(JSON.parse(errorAsJson(refused))).toMatchObject({
      level: "error",
      code: "credentials",
      exit_code: 4,
      provider: "tencent-flash",
      vendor_code: 4002,
      request_id: "6098aeca",
      retryable: false,
      hint: "check the clock",
    });
  });
});

describe("sanitize", () => {
  it("takes out what moves a cursor or turns text round, and keeps the text", () => {
    expect(sanitize("\u001b]0;title\u0007你好\u202e👩‍👧\tok\n\u009b2J")).toBe(
      "]0;title你好👩‍👧\tok\n2J",
    );
  });
});

describe("progressText", () => {
  it("says what is done, how fast and what is left", () => {
    const state = { label: "talk.wav", doneMs: 60_000, totalMs: 180_000, elapsedMs: 10_000 };
    expect(progressText(state)).toBe("talk.wav  01:00/03:00  33%  6.0x  00:20 left");
  });

  it("does without the length of a pipe", () => {
    expect(progressText({ label: "-", doneMs: 3_661_000, elapsedMs: 1_000_000 })).toBe(
      "-  1:01:01  3.7x",
    );
  });
});
