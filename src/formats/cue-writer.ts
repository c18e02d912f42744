import type { Cue } from "../subtitles/cues.ts";
import { openCueSource } from "./cue-source.ts";
import type { FormatOptions, FormatWriter } from "./format.ts";

/** How a subtitle format writes cues. */
export interface CueNotation {
  /** What the file begins with. */
  readonly header: string;
  /** @param number of the cue in its file, from 1 */
  block(cue: Cue, number: number): string;
}

/** Writes cues as soon as they are settled: at the end, or, of live audio, one after the other. */
export function openCueWriter(notation: CueNotation, options: FormatOptions): FormatWriter {
  const cuesOf = openCueSource(options);
  let written = 0;
  return {
    write(event) {
      if (event.type === "start") return notation.header;
      return cuesOf(event)
        .map((cue) => {
          written += 1;
          return notation.block(cue, written);
        })
        .join("");
    },
  };
}
