/** A subtitle file as text again, with marks, positions and notes as they were. */
import { formatTimestamp, SRT_TIMESTAMP, VTT_TIMESTAMP } from "../../transcript/time.ts";
import type { FileCue, SubtitleFile } from "../reading/subtitle-file.ts";

/** UTF-8 without a byte order mark, lines ended by LF; SRT is numbered from 1. */
export function subtitleFileText({ format, header, cues, trailer }: SubtitleFile): string {
  const blocks = cues.map((cue, index) =>
    format === "srt" ? srtBlock(cue, index + 1) : vttBlock(cue),
  );
  if (format === "srt") return blocks.join("");
  const ending = trailer.map((line) => `${line}\n`).join("");
  return `${header.join("\n")}\n\n${blocks.join("")}${ending}`;
}

function srtBlock(cue: FileCue, number: number): string {
  return `${number}\n${timesOf(cue, SRT_TIMESTAMP)}\n${cue.lines.join("\n")}\n\n`;
}

function vttBlock(cue: FileCue): string {
  const notes = (cue.notes ?? []).map((line) => `${line}\n`).join("");
  const id = cue.id === undefined ? "" : `${cue.id}\n`;
  return `${notes}${id}${timesOf(cue, VTT_TIMESTAMP)}\n${cue.lines.join("\n")}\n\n`;
}

function timesOf({ startMs, endMs, settings }: FileCue, style: typeof SRT_TIMESTAMP): string {
  const times = `${formatTimestamp(startMs, style)} --> ${formatTimestamp(endMs, style)}`;
  return settings === "" ? times : `${times} ${settings}`;
}
