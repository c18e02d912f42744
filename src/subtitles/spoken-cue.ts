/** A cue before it has its times on the screen. */
import type { Interval } from "../transcript/transcript.ts";
import type { CueCut } from "./breaking/cut.ts";
import type { CueWord } from "./cues.ts";
import type { Voice } from "./speakers.ts";
import type { TimedUnit } from "./timing/unit-times.ts";

/** The interval is that in which it is said. */
export interface SpokenCue extends Interval, Voice {
  readonly lines: readonly string[];
  /** Where its words stand, as far as their times were measured. */
  readonly words: readonly CueWord[];
}

export function spokenCue(units: readonly TimedUnit[], cut: CueCut, voice: Voice): SpokenCue {
  const lines: string[] = [];
  const words: CueWord[] = [];
  let from = cut.from;
  for (const to of cut.lineEnds) {
    lines.push(addLine(units, from, to, lines.length, words));
    from = to;
  }
  const startMs = units[cut.from]?.startMs ?? 0;
  const endMs = Math.max(startMs, units[cut.to - 1]?.endMs ?? startMs);
  return { startMs, endMs, lines, words, ...voice };
}

function addLine(
  units: readonly TimedUnit[],
  from: number,
  to: number,
  line: number,
  words: CueWord[],
): string {
  let text = "";
  for (let index = from; index < to; index += 1) {
    const unit = units[index];
    if (unit === undefined) break;
    const piece = index === to - 1 ? unit.atEnd : unit.inside;
    const shown = text === "" ? piece.trimStart() : piece;
    // A piece of a torn word may begin with a blank that stood within it.
    const start = text.length + shown.length - shown.trimStart().length;
    const end = text.length + shown.trimEnd().length;
    if (unit.measured && end > start) {
      const { startMs, endMs } = unit;
      words.push({ line, start, end, startMs, endMs });
    }
    text += shown;
  }
  return text.trimEnd();
}
