import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { junitXml } from "../../src/verify/junit.ts";
import type { CaseResult } from "../../src/verify/result.ts";
import { parseXml } from "../cli/xml.ts";

const result = (name: string, message: string): CaseResult => ({
  name,
  tags: [],
  status: "failed",
  durationMs: 1234,
  problems: [
    {
      code: "difference",
      message,
      difference: [{ kind: "expected", text: message, note: message }],
    },
  ],
  rates: {},
  updated: [],
});

describe("JUnit XML", () => {
  it("is well formed for any text, and keeps what XML may hold", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, text, (suite, name, message) => {
        const root = parseXml([...junitXml(suite, [result(name, message)])].join(""));
        const legal = message
          .toWellFormed()
          .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
        const [failure] = root.children[0]?.children[0]?.children ?? [];
        expect(failure?.attributes.message).toBe(legal);
        expect(failure?.text).toContain(`- ${legal}  (${legal})`);
      }),
    );
  });

  it("counts in seconds", () => {
    const root = parseXml([...junitXml("x", [result("a", "b"), result("c", "d")])].join(""));
    expect(root.attributes).toMatchObject({
      tests: "2",
      failures: "2",
      errors: "0",
      time: "2.468",
    });
  });
});
