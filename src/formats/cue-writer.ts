import { type Cue, type CueMaker, createPlainCues } from "../subtitles/cues.ts";
import type { FormatWriter } from "./format.ts";

/** How a subtitle format writes cues. */
export interface CueNotation {
  /** What the file begins with. */
  readonly header: string;
  /** @param number of the cue in its file, from 1 */
  block(cue: Cue, number: number): string;
}

/** Writes a cue as soon as the next one is known, the last when the job ends. */
export function openCueWriter(
  notation: CueNotation,
  maker: CueMaker = createPlainCues(),
): FormatWriter {
  let written = 0;
  const blocks = (cues: readonly Cue[]) =>
    cues
      .map((cue) => {
        written += 1;
        return notation.block(cue, written);
      })
      .join("");
  return {
    write(event) {
      switch (event.type) {
        case "start":
          return notation.header;
        case "final":
          return blocks(maker.add(event.segment));
        case "done":
        case "error":
          return blocks(maker.end());
        default:
          return "";
      }
    },
  };
}
