/**
 * Subtitles of real-shaped speech, compared with `fixtures/subtitles/`: what was said, then the
 * cues, then the rules they break. After a change that is meant: `vitest run test/subtitles -u`,
 * then read the difference.
 */
import { describe, expect, it } from "vitest";
import { cuesOf, styleOf } from "../../src/subtitles/cue-maker.ts";
import type { Cue } from "../../src/subtitles/cues.ts";
import { charactersOf, readingSpeed } from "../../src/subtitles/measure.ts";
import { checkCues, type Finding } from "../../src/subtitles/rules.ts";
import type { SubtitleStyle } from "../../src/subtitles/style.ts";
import { styleNamed } from "../../src/subtitles/styles/table.ts";
import type { Segment } from "../../src/transcript/transcript.ts";
import type { Case } from "./corpus/case.ts";
import { CORPUS } from "./corpus/table.ts";

function settingsOf({ style, settings = {} }: Case) {
  return style === undefined ? settings : { ...settings, style: styleNamed(style) };
}

function shown(example: Case): { cues: Cue[]; style: SubtitleStyle } {
  const settings = settingsOf(example);
  const text = example.segments.map((segment) => segment.text).join(" ");
  return { cues: cuesOf(example.segments, settings), style: styleOf(settings, text) };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function voiceText({ speaker, channel }: Pick<Segment, "speaker" | "channel">): string {
  if (speaker !== undefined) return ` <${speaker}>`;
  return channel === undefined ? "" : ` <channel ${channel}>`;
}

function segmentText(segment: Segment): string {
  const { startMs, endMs, text, words } = segment;
  const timed = words === undefined ? "" : `, ${words.length} words timed`;
  return `${seconds(startMs)} - ${seconds(endMs)}${voiceText(segment)}${timed}\n  ${text.replaceAll("\n", "⏎")}`;
}

function cueText(cue: Cue, index: number, style: SubtitleStyle): string {
  const { startMs, endMs, lines } = cue;
  const durationMs = endMs - startMs;
  const speed = readingSpeed(lines, durationMs, style).toFixed(1);
  const head = `#${index + 1}  ${seconds(startMs)} --> ${seconds(endMs)}  (${seconds(durationMs)} s, ${speed} characters/s)`;
  const widths = lines.map((line) => `  ${line}    [${charactersOf(line, style)}]`);
  return `${head}${voiceText(cue)}\n${widths.join("\n")}`;
}

function findingText({ rule, severity, cue, line, measured, limit }: Finding): string {
  const place = line === undefined ? `#${cue}` : `#${cue} line ${line}`;
  const values = measured === undefined ? "" : `: ${measured}, limit ${limit}`;
  return `${severity} ${rule} ${place}${values}`;
}

function golden(example: Case): string {
  const { cues, style } = shown(example);
  const findings = checkCues(cues, style).map(findingText);
  const settings = JSON.stringify({ style: style.id, ...example.settings });
  return [
    `${example.name}: ${example.about}`,
    `settings: ${settings}`,
    `\n=== said\n${example.segments.map(segmentText).join("\n")}`,
    `\n=== shown\n${cues.map((cue, index) => cueText(cue, index, style)).join("\n\n")}`,
    `\n=== broken rules\n${findings.length === 0 ? "none" : findings.join("\n")}`,
    "",
  ].join("\n");
}

describe("corpus", () => {
  it("holds at least sixty cases, each with its own name", () => {
    expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
    expect(CORPUS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(CORPUS)("$name: $about", async (example) => {
    const file = new URL(`../../fixtures/subtitles/${example.name}.txt`, import.meta.url).pathname;
    await expect(golden(example)).toMatchFileSnapshot(file);
  });

  it.each(CORPUS.filter(({ style }) => style !== "plain"))(
    "$name has no hard finding",
    (example) => {
      const { cues, style } = shown(example);
      expect(checkCues(cues, style).filter(({ severity }) => severity === "hard")).toEqual([]);
    },
  );
});
