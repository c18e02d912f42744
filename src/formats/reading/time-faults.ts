/** What may be wrong with a cue's times by themselves, and after the cue before. */
import type { CueTimes } from "./cue-times.ts";
import type { FileCue, FileFault } from "./subtitle-file.ts";

/** @param separator what the format puts between seconds and fraction */
export function* timeFaults(
  { startMs, separators }: CueTimes,
  before: FileCue | undefined,
  separator: "," | ".",
  place: { readonly line: number; readonly cue: number },
): Generator<FileFault> {
  const other = separators.find((found) => found !== separator);
  if (other !== undefined) {
    yield {
      ...place,
      rule: "time-separator",
      found: other === "" ? "no milliseconds" : `"${other}" before the milliseconds`,
      expected: `"${separator}"`,
    };
  }
  if (before !== undefined && startMs < before.startMs) {
    yield {
      ...place,
      rule: "order",
      found: `a start ${before.startMs - startMs} ms before that of the cue before`,
      expected: "cues by their start",
    };
  }
}
