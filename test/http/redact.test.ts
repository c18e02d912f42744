import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { firstLine } from "../../src/http/plain-text.ts";
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

describe("what is left of a secret where a message was cut", () => {
  const secret = "sk-0123456789abcdef";

  it("is masked at our own cut, wherever it falls", () => {
    for (let padding = 170; padding <= 200; padding++) {
      const line = firstLine(`${"x".repeat(padding)}${secret} is no key of ours`);
      expect(redact(line, [secret])).not.toContain(secret.slice(0, 5));
      expect(redact(line, [secret])).toMatch(/^x{170}/);
    }
  });

  it.each([
    ["your key sk-01234", "your key ***"],
    ["your key sk-01234...", "your key ***..."],
    ["your key sk-01234567 is wrong", "your key *** is wrong"],
    ["sk-01234567 and sk-012345…", "*** and ***…"],
  ])("is masked in %j", (text, expected) => {
    expect(redact(text, [secret])).toBe(expected);
  });

  it("is masked in its form for URLs", () => {
    expect(redact("?key=a%2Bb%2", ["a+b/c="])).toBe("?key=***");
  });

  it.each(["keys begin with sk-0", "a short start sk-012 in the middle", "sk-"])(
    "is left alone where it says nothing: %j",
    (text) => {
      expect(redact(text, [secret])).toBe(text);
    },
  );
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
