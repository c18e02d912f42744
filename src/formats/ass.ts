import type { Cue } from "../subtitles/cues.ts";
import { singleLine } from "../transcript/text.ts";
import { ASS_TIMESTAMP, formatTimestamp } from "../transcript/time.ts";
import { openCueWriter } from "./cue-writer.ts";
import type { TranscriptFormat } from "./format.ts";
import { timedPieces } from "./karaoke.ts";

/** Advanced SubStation Alpha (ASS v4+), the speaker of a cue as its Name. */
export const ass: TranscriptFormat = {
  name: "ass",
  extension: "ass",
  title: "ASS subtitles",
  help: "styled cues, for mpv, VLC, Aegisub and burning in",
  open: (options) => {
    const textOf = options.karaoke === true ? sungText : shownText;
    return openCueWriter({ header: HEADER, block: (cue) => block(cue, textOf(cue)) }, options);
  },
};

const LINE_BREAK = "\\N";

/**
 * Sizes are in the pixels of a picture of 1920 × 1080, which players scale. The text is 1/15 of the
 * height, so that 16 full-width characters take 60 % of the width; the margins are the 5 % and 10 %
 * that televisions may cut off (EBU R 95, "Safe areas"). Lines are broken by us: WrapStyle 2.
 */
const HEADER = `[Script Info]
; made by asr
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080
WrapStyle: 2
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,72,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,192,192,54,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`;

function block({ startMs, endMs, speaker }: Cue, text: string): string {
  const times = [startMs, endMs].map((ms) => formatTimestamp(ms, ASS_TIMESTAMP));
  // A field ends with a comma, and there is no way to write one in it.
  const name = singleLine(speaker ?? "").replaceAll(",", " ");
  return `Dialogue: 0,${times.join(",")},Default,${name},0,0,0,,${text}\n`;
}

function shownText({ lines }: Cue): string {
  return lines.map(escapeText).join(LINE_BREAK);
}

/**
 * `\\k` says how long the text behind it is sung, in hundredths of a second: first, for no text, until
 * the first word begins, then for each word until the next one does.
 */
function sungText(cue: Cue): string {
  const lines = timedPieces(cue);
  const timed = lines.flat().filter((piece) => piece.startMs !== undefined);
  const last = timed.at(-1);
  if (last === undefined) return shownText(cue);
  const borders = [...timed.map(({ startMs }) => startMs), last.endMs];
  let sung = hundredths(cue.startMs);
  const marks = borders.map((ms = 0) => {
    const length = Math.max(0, hundredths(ms) - sung);
    sung += length;
    return `{\\k${length}}`;
  });
  const lead = marks.shift() ?? "";
  const texts = lines.map((pieces) =>
    pieces
      .map(({ text, startMs }) => (startMs === undefined ? "" : marks.shift()) + escapeText(text))
      .join(""),
  );
  return lead + texts.join(LINE_BREAK);
}

function hundredths(ms: number): number {
  return Math.round(ms / 10);
}

/**
 * Braces hold commands, and are escaped as libass reads it. A backslash has no escape: word joiners
 * (U+2060), which show nothing, keep it from making a command with what is beside it, as in ffmpeg's
 * own files (libavcodec/ass.c, ff_ass_bprint_text_event).
 */
function escapeText(line: string): string {
  return line.replace(/[{}\\]/g, (character) =>
    character === "\\" ? "\u2060\\\u2060" : `\\${character}`,
  );
}
