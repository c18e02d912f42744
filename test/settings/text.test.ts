import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offsetOfJsonError } from "../../src/settings/json-place.ts";
import { hintFor, nearest } from "../../src/settings/nearest.ts";
import { fromText, fromTexts } from "../../src/settings/text.ts";

describe("a value from text", () => {
  it.each([
    [{ kind: "integer" }, "16000", 16000],
    [{ kind: "integer" }, " 8 ", 8],
    [{ kind: "integer" }, "16k", "16k"],
    [{ kind: "integer" }, "0x10", "0x10"],
    [{ kind: "integer" }, "1e3", "1e3"],
    [{ kind: "number" }, ".5", 0.5],
    [{ kind: "number" }, "Infinity", "Infinity"],
    [{ kind: "boolean" }, "No", false],
    [{ kind: "boolean" }, "1", true],
    [{ kind: "boolean" }, "on", "on"],
    [{ kind: "string" }, "0123", "0123"],
    [{ kind: "list", of: { kind: "integer" } }, "1, 2,,x", [1, 2, "x"]],
    [{ kind: "map" }, "a=1,b=x=y,c=", { a: "1", b: "x=y", c: "" }],
    [{ kind: "map" }, "a=1,c", "a=1 c"],
  ] as const)("%j of %j is %j", (type, text, value) => {
    expect(fromText(type, text)).toEqual(value);
  });

  it("is not split where each item has a text of its own", () => {
    const list = { kind: "list", of: { kind: "string" } } as const;
    expect(fromTexts(list, ["a, b", " c "])).toEqual(["a, b", "c"]);
    expect(fromTexts({ kind: "map" }, ["__proto__=x"])).toSatisfy((map: object) =>
      Object.hasOwn(map, "__proto__"),
    );
  });
});

describe("the place of an error in JSON", () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  it("is none exactly where the text is JSON", () => {
    const mutilated = fc
      .tuple(fc.json(), fc.nat(), fc.nat(3), fc.constantFrom("", ",", "]", "}", '"', ":", "0", "x"))
      .map(([text, at, count, other]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + other + text.slice(start + count);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutilated), (text) => {
        expect(offsetOfJsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["", 0],
    ['{"a": x}', 6],
    ['{"a": 1,}', 8],
    ["[1, 2", 5],
    ['{"a" 1}', 5],
    ["[1] x", 4],
    ["01", 1],
  ])("of %j is at %j", (text, offset) => {
    expect(offsetOfJsonError(text)).toBe(offset);
  });
});

describe("the name that was meant", () => {
  it.each([
    ["languge", ["language", "model"], "language"],
    ["LANGUAGE", ["language"], "language"],
    ["str", ["txt", "srt", "vtt"], "srt"],
    ["modle", ["model", "set"], "model"],
    ["xyz", ["language", "model"], undefined],
    ["x".repeat(1000), ["x"], undefined],
    ["x", [], undefined],
  ])("%s", (name, known, meant) => {
    expect(nearest(name, known)).toBe(meant);
  });

  it("is told, or all there are", () => {
    expect(hintFor("modle", ["model"])).toBe('did you mean "model"?');
    expect(hintFor("x", ["model", "set"])).toBe("use one of model, set");
    expect(hintFor("x", [])).toBe("there is none");
  });
});
