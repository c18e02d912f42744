/** A transcript from a subtitle file: a segment a cue, or one a voice where several speak in it. */
import { audioError } from "../../errors.ts";
import { textLines } from "../../transcript/text.ts";
import type { Segment, Transcript, Word } from "../../transcript/transcript.ts";
import { plainText, type Spoken, spokenInVtt } from "./cue-text.ts";
import { type FileCue, isDamage, type SubtitleFile } from "./subtitle-file.ts";

/** Nothing in a subtitle file says who recognised it. */
const PROVIDER = "unknown";

/** @throws AsrError kind "audio" with the line of the first cue whose times can't be read. */
export function subtitleTranscript(file: SubtitleFile): Transcript {
  const damage = file.faults.find(isDamage);
  if (damage !== undefined) {
    throw audioError(
      `line ${damage.line}: the times can't be read: ${damage.found.slice(0, 80)}`,
      `write them as ${damage.expected}; asr lint lists every such line`,
    );
  }
  const segments = file.cues.flatMap((cue) => segmentsOf(cue, file.format));
  return {
    provider: PROVIDER,
    durationMs: segments.reduce((most, { endMs }) => Math.max(most, endMs), 0),
    segments,
    warnings: [],
    requestIds: [],
  };
}

function segmentsOf(cue: FileCue, format: SubtitleFile["format"]): Segment[] {
  const { startMs } = cue;
  const endMs = Math.max(startMs, cue.endMs);
  const spoken: readonly Spoken[] =
    format === "vtt"
      ? spokenInVtt(cue.lines)
      : [{ text: plainText(cue.lines, format), pieces: [] }];
  return spoken.flatMap(({ voice, text, pieces }) => {
    const lines = textLines(text);
    if (lines.length === 0) return [];
    const words = wordsOf(pieces, startMs, endMs);
    return {
      text: lines.join("\n"),
      startMs,
      endMs,
      ...(voice === undefined ? {} : { speaker: voice }),
      ...(words.length === 0 ? {} : { words }),
    };
  });
}

/** Each piece lasts until the next begins. None where no time stands between pieces. */
function wordsOf(pieces: Spoken["pieces"], startMs: number, endMs: number): Word[] {
  if (pieces.length < 2) return [];
  return pieces.flatMap(({ text, fromMs = startMs }, index) => {
    const untilMs = pieces[index + 1]?.fromMs ?? endMs;
    const word = textLines(text).join(" ");
    return word === "" ? [] : [{ text: word, startMs: fromMs, endMs: Math.max(fromMs, untilMs) }];
  });
}
