import { LEAST_CUE_MS } from "../subtitles/cues.ts";
import { placedWords } from "../subtitles/timing/word-times.ts";
import { singleLine } from "../transcript/text.ts";
import { formatTimestamp, LRC_TIMESTAMP } from "../transcript/time.ts";
import type { Segment } from "../transcript/transcript.ts";
import type { FormatOptions, FormatWriter, TranscriptFormat } from "./format.ts";
import { timedPieces } from "./karaoke.ts";

/** A silence this long takes the last line off the screen; shorter ones would only flicker. */
const CLEARING_GAP_MS = 2000;

/**
 * Timed lines as music players show them: each stays until the next, so an empty one is written
 * where nothing is said for a while. The only tag is `re`, the program that made the file:
 * artist and title are not known, nor is the length while the audio still runs.
 */
export const lrc: TranscriptFormat = {
  name: "lrc",
  extension: "lrc",
  title: "LRC lyrics",
  help: "one timed line a segment, for music players",
  open: openLrc,
};

function openLrc({ karaoke = false }: FormatOptions): FormatWriter {
  // End of what is on the screen.
  let shownUntilMs: number | undefined;

  function clearBefore(nextMs: number): string {
    if (shownUntilMs === undefined || nextMs - shownUntilMs < CLEARING_GAP_MS) return "";
    return timedLine(shownUntilMs, "");
  }

  return {
    write(event) {
      if (event.type === "start") return "[re:asr]\n";
      if (event.type === "done") return clearBefore(event.transcript.durationMs);
      if (event.type !== "final") return "";
      const { startMs, endMs } = event.segment;
      const text = withoutTimeTags(singleLine(event.segment.text));
      if (text === "") return "";
      const shown = karaoke ? sungText(text, event.segment) : text;
      const lines = clearBefore(startMs) + timedLine(startMs, shown);
      shownUntilMs = Math.max(shownUntilMs ?? 0, startMs + LEAST_CUE_MS, endMs);
      return lines;
    },
  };
}

/** Enhanced LRC ("A2 extension"): each word after its time, and the end of the last. */
function sungText(text: string, { startMs, endMs, words: said = [] }: Segment): string {
  const placed = placedWords({ text, prefixLength: 0, words: said, startMs, endMs });
  const last = placed.at(-1);
  if (last === undefined) return text;
  const words = placed.map((word) => ({ ...word, line: 0 }));
  const pieces = timedPieces({ lines: [text], words }).flat();
  const sung = pieces.map((piece) =>
    piece.startMs === undefined ? piece.text : wordTime(piece.startMs) + piece.text,
  );
  return `${sung.join("")}${wordTime(last.endMs)}`;
}

function wordTime(ms: number): string {
  return `<${formatTimestamp(ms, LRC_TIMESTAMP)}>`;
}

function timedLine(ms: number, text: string): string {
  return `[${formatTimestamp(ms, LRC_TIMESTAMP)}]${text}\n`;
}

// "[00:12.00]" at the head of a text would be a second time of its line, "<00:12.00>" the time of
// a word. LRC has no escapes, so such brackets become parentheses. ffmpeg reads a line's time
// past blanks and without its closing bracket.
const LINE_TIME = /\[(\s*[+-]?\d+\s*:\s*\d[^[\]]*)(\]?)/g;
const WORD_TIME = /<(\d+:[\d:.]+)>/g;

function withoutTimeTags(text: string): string {
  return text
    .replace(LINE_TIME, (_, time: string, close: string) => `(${time}${close === "" ? "" : ")"}`)
    .replace(WORD_TIME, "($1)");
}
