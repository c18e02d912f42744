/** Contrast of the report's colours (W3C, "WCAG 2.2", 1.4.3 and 1.4.11). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(
  new URL("../../../src/formats/html/page/colours.css", import.meta.url),
  "utf8",
);
const [light = "", dark = ""] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, rules]) => rules);

function colourOf(rules: string, name: string): number[] {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(rules)?.[1] ?? "";
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(rules: string, one: string, other: string): number {
  const [low = 0, high = 0] = [one, other]
    .map((name) => luminance(colourOf(rules, name)))
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const voices = Array.from({ length: 8 }, (_, index) => `voice-${index}`);
const texts = ["text", "quiet", "accent", "soft", "hard", ...voices];

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_, rules) => {
  it.each(texts)("%s can be read on the page, on the current segment and on a button", (name) => {
    for (const ground of ["page", "current", "raised"]) {
      expect(contrast(rules, name, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(["word", "hit", "hit-current"])("text can be read on %s", (ground) => {
    expect(contrast(rules, "text", ground)).toBeGreaterThanOrEqual(4.5);
  });

  it("controls stand out from the page", () => {
    expect(contrast(rules, "control", "page")).toBeGreaterThanOrEqual(3);
    expect(contrast(rules, "on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
  });
});
