import { clockTime } from "../transcript/time.ts";
import type { Warning } from "../transcript/transcript.ts";
import type { Finding } from "./rules.ts";

/**
 * Says where there is too little time to read what is said; undefined where there is enough.
 *
 * @param name of the recording
 */
export function hurryWarning(
  findings: readonly Finding[],
  cueCount: number,
  name?: string,
): Warning | undefined {
  const hurried = findings.filter(({ rule }) => rule === "reading-speed");
  const worst = hurried.toSorted((a, b) => (b.measured ?? 0) - (a.measured ?? 0))[0];
  if (worst === undefined) return undefined;
  const { measured, limit, cue, atMs } = worst;
  const origin = name === undefined ? "" : `${name}: `;
  const cues = cueCount === 1 ? "1 cue" : `${cueCount} cues`;
  const message =
    `${origin}speech too fast to be read in ${hurried.length} of ${cues}, the worst at ` +
    `${clockTime(atMs)} (cue ${cue}: ${measured} characters a second, ${limit} wanted)`;
  return { code: "subtitle-reading-speed", message };
}
