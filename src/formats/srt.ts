import type { Cue } from "../subtitles/cues.ts";
import { formatTimestamp, SRT_TIMESTAMP } from "../transcript/time.ts";
import { openCueWriter } from "./cue-writer.ts";
import type { TranscriptFormat } from "./format.ts";

/** SubRip, in the dialect that all players read: UTF-8, no BOM, comma, no positions. */
export const srt: TranscriptFormat = {
  name: "srt",
  extension: "srt",
  title: "SubRip subtitles",
  help: "numbered cues with times, for players",
  open: (options) => openCueWriter({ header: "", block }, options),
};

function block(cue: Cue, number: number): string {
  const start = formatTimestamp(cue.startMs, SRT_TIMESTAMP);
  const end = formatTimestamp(cue.endMs, SRT_TIMESTAMP);
  return `${number}\n${start} --> ${end}\n${cue.lines.map(srtLine).join("\n")}\n\n`;
}

/**
 * SubRip has no escapes. Some parsers take every line with "-->" for times, so in text the arrow is
 * written "->", as whisper does. Tags such as <b> stay: no replacement is read back by all.
 */
export function srtLine(line: string): string {
  return line.replace(/-{2,}>/g, "->");
}
