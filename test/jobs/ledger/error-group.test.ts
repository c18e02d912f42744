import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AsrError, type ErrorDetails } from "../../../src/errors.ts";
import { likenessOf } from "../../../src/jobs/ledger/error-group.ts";

const groupOf = (message: string, details: ErrorDetails, ...names: string[]) =>
  likenessOf(new AsrError("audio", message, details), names).group;

const NAME = fc.string({ maxLength: 12 }).map((name) => `${name}.wav`);

describe("likenessOf", () => {
  it("is the same whatever the input is called and however long it is", () => {
    fc.assert(
      fc.property(NAME, NAME, fc.nat(), fc.nat(), (one, other, first, second) => {
        const about = (name: string, bytes: number) =>
          groupOf(`${name}: cut off`, { reason: `ends after ${bytes} bytes, in ${name}` }, name);
        expect(about(one, first)).toBe(about(other, second));
      }),
    );
  });

  it.each<[string, string, ErrorDetails, string, ErrorDetails]>([
    ["reason", "x", { reason: "it is empty" }, "x", { reason: "it is damaged" }],
    ["vendor's code", "x", { vendorCode: 4006 }, "x", { vendorCode: 4007 }],
    ["message, without a reason", "no such file", {}, "no header", {}],
  ])("differs with the %s", (_what, one, oneDetails, other, otherDetails) => {
    expect(groupOf(one, oneDetails)).not.toBe(groupOf(other, otherDetails));
  });

  it("tells no numbers apart, in any script, but words with a letter of a name", () => {
    expect(groupOf("音频超过60秒", {})).toBe(groupOf("音频超过７５秒", {}));
    expect(groupOf("a: bad", {}, "a")).toBe(groupOf("b: bad", {}, "b"));
    expect(groupOf("request 8f3a-11", {})).toBe(groupOf("request 0c-9", {}));
  });

  it("has a title for all of them", () => {
    const error = new AsrError("audio", "in/a.wav: cut off", { reason: "/d/in/a.wav ends" });
    expect(likenessOf(error, ["in/a.wav", "/d/in/a.wav", "a.wav"]).title).toBe("cut off: … ends");
  });
});
