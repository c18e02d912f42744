import type { Cue } from "../subtitles/cues.ts";
import { formatTimestamp, VTT_TIMESTAMP } from "../transcript/time.ts";
import { openCueWriter } from "./cue-writer.ts";
import type { TranscriptFormat } from "./format.ts";

/** W3C WebVTT. */
export const vtt: TranscriptFormat = {
  name: "vtt",
  extension: "vtt",
  title: "WebVTT subtitles",
  help: "cues with times, for web players",
  open: () => openCueWriter({ header: "WEBVTT\n\n", block }),
};

function block(cue: Cue): string {
  const start = formatTimestamp(cue.startMs, VTT_TIMESTAMP);
  const end = formatTimestamp(cue.endMs, VTT_TIMESTAMP);
  return `${start} --> ${end}\n${cue.lines.map(escapeCueText).join("\n")}\n\n`;
}

// W3C WebVTT, "WebVTT cue text span" and "HTML character reference in the text": the marks for
// the writing direction are allowed as they are, but can't be seen in an editor.
const REFERENCES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ["\u200e", "&lrm;"],
  ["\u200f", "&rlm;"],
]);

function escapeCueText(line: string): string {
  return line.replace(/[&<>\u200e\u200f]/g, (character) => REFERENCES.get(character) ?? character);
}
