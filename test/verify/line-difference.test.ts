import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceLines, PLAIN_DIFFERENCE } from "../../src/verify/difference-text.ts";
import { type DifferenceLine, lineDifference } from "../../src/verify/line-difference.ts";

const shown = (format: string, expected: string, actual: string): string[] =>
  differenceLines(lineDifference(format, expected, actual), PLAIN_DIFFERENCE, (text) => text);

/** The lines of one side, as the difference has them; undefined in the place of a gap. */
function sideOf(lines: readonly DifferenceLine[], side: "expected" | "actual") {
  return lines.flatMap((line) => {
    if (line.kind === "gap") return Array.from({ length: line.lineCount }, () => undefined);
    if (line.kind === "changed") return [line.runs.map((run) => run[side]).join("")];
    return line.kind === "same" || line.kind === side ? [line.text] : [];
  });
}

describe("a difference by lines", () => {
  it("marks lines as diff -u does, and leaves out what is far from them", () => {
    expect(shown("txt", "a\nb\nc\nd\ne", "a\nb\nc\nD\ne")).toEqual([
      "  … 2 lines",
      "  c",
      "- d",
      "+ D",
      "  e",
    ]);
    expect(shown("txt", "a", "a\nb")).toEqual(["  a", "+ b"]);
    expect(shown("txt", "a", "")).toEqual(["- a"]);
  });

  it("marks Chinese by character", () => {
    expect(shown("txt", "今天天气很好", "今天天汽好")).toEqual(["~ 今天天[-气很-]{+汽+}好"]);
  });

  it("says by how much times are off", () => {
    const cue = (start: string) => `1\n00:00:${start} --> 00:00:04,000\n今天`;
    expect(shown("srt", cue("01,000"), cue("02,500"))).toContain(
      "+ 00:00:02,500 --> 00:00:04,000  (+1.500 s, 0 s)",
    );
    expect(shown("tsv", "10\t20\ta", "10\t15\ta")[1]).toBe("+ 10\t15\ta  (0 s, −0.005 s)");
    expect(shown("lrc", "[00:01.00]a", "[00:00.50]a")[1]).toBe("+ [00:00.50]a  (−0.500 s)");
  });

  it("has both texts whole in it", () => {
    const text = fc
      .array(fc.constantFrom("a", "b b", "今天", "天气好", "00:00:01,000 --> 00:00:02,000"), {
        minLength: 1,
      })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (expected, actual) => {
        fc.pre(expected !== actual);
        const lines = lineDifference("srt", expected, actual);
        for (const [side, whole] of [
          ["expected", expected],
          ["actual", actual],
        ] as const) {
          const own = sideOf(lines, side);
          const all = whole.split("\n");
          expect(own.length).toBe(all.length);
          own.forEach((line, index) => {
            if (line !== undefined) expect(line).toBe(all[index]);
          });
        }
      }),
    );
  });
});
