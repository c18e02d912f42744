import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { redact, redactError } from "../../src/http/redact.ts";

describe("redact", () => {
  it("masks secrets as they are and as a URL writes them", () => {
    const secrets = ["a+b/c=", "p w"];
    const text = "a+b/c= a%2Bb%2Fc%3D p w p%20w p+w";
    expect(redact(text, secrets)).toBe("*** *** *** *** ***");
  });

  it("masks the longer of two secrets first, and every place", () => {
    expect(redact("abcdef abc abc", ["abc", "abcdef"])).toBe("*** *** ***");
  });

  it("leaves text alone where there is nothing secret", () => {
    expect(redact("text", ["", "x-secret"])).toBe("text");
  });
});

describe("redactError", () => {
  it("masks every text of an error, and a cause that holds a secret", () => {
    const error = new AsrError("credentials", "AKID refused", {
      reason: "AKID is unknown",
      hint: "check AKID",
      requestId: "r",
      retryable: false,
      cause: new Error("url?secretid=AKID"),
    });
    const clean = redactError(error, ["AKID"]);
    expect(clean.kind).toBe("credentials");
    expect(clean.message).toBe("*** refused");
    expect(clean.details).toEqual({
      reason: "*** is unknown",
      hint: "check ***",
      requestId: "r",
      retryable: false,
      cause: "Error: url?secretid=***",
    });
  });

  it("hands back the very same error where there is nothing secret", () => {
    const error = new AsrError("network", "down", { cause: new Error("x"), retryAfterMs: 5 });
    expect(redactError(error, ["AKID"])).toBe(error);
  });
});
