import type { Cue } from "../subtitles/cues.ts";
import { singleLine } from "../transcript/text.ts";
import { formatTimestamp, VTT_TIMESTAMP } from "../transcript/time.ts";
import { openCueWriter } from "./cue-writer.ts";
import type { TranscriptFormat } from "./format.ts";
import { timedPieces } from "./karaoke.ts";

/** W3C WebVTT. */
export const vtt: TranscriptFormat = {
  name: "vtt",
  extension: "vtt",
  title: "WebVTT subtitles",
  help: "cues with times, for web players",
  open: (options) => {
    const linesOf = options.karaoke === true ? sungLines : shownLines;
    const block = (cue: Cue): string => blockOf(cue, linesOf(cue));
    return openCueWriter({ header: "WEBVTT\n\n", block }, options);
  },
};

function blockOf(cue: Cue, lines: readonly string[]): string {
  const start = formatTimestamp(cue.startMs, VTT_TIMESTAMP);
  const end = formatTimestamp(cue.endMs, VTT_TIMESTAMP);
  return `${start} --> ${end}\n${voiceTag(cue)}${lines.join("\n")}\n\n`;
}

/** W3C WebVTT, "WebVTT cue voice span": to the end of the cue where nothing closes it. */
function voiceTag({ speaker = "" }: Cue): string {
  const name = vttLine(singleLine(speaker));
  return name === "" ? "" : `<v ${name}>`;
}

function shownLines({ lines }: Cue): string[] {
  return lines.map(vttLine);
}

/** "WebVTT cue timestamp": each later than the one before, and within the cue. */
function sungLines(cue: Cue): string[] {
  let lastMs = cue.startMs;
  return timedPieces(cue).map((pieces) =>
    pieces
      .map(({ text, startMs = 0 }) => {
        if (startMs <= lastMs || startMs >= cue.endMs) return vttLine(text);
        lastMs = startMs;
        return `<${formatTimestamp(startMs, VTT_TIMESTAMP)}>${vttLine(text)}`;
      })
      .join(""),
  );
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

/** A line of a cue, with what would be a tag or a reference escaped. */
export function vttLine(line: string): string {
  return line.replace(/[&<>\u200e\u200f]/g, (character) => REFERENCES.get(character) ?? character);
}
