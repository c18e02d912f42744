/** What the user said of headerless audio, where the input turned out to have a header. */
import { describeFormat } from "./encoding.ts";
import type { AudioFacts, RawFormat, Recording } from "./types.ts";

/** The code of the warning. */
export const RAW_FORMAT_UNUSED = "audio-raw-format-unused";

/** A header that says something else than the user did wins, and the user hears of it. */
export function unusedRaw(
  name: string,
  found: Pick<AudioFacts, "encoding" | "sampleRate" | "channels">,
  raw: RawFormat | undefined,
): Recording["warnings"] {
  if (raw === undefined || describeFormat(raw) === describeFormat(found)) return [];
  const message = `${name} has a header that says ${describeFormat(found)}; what was given for headerless audio (${describeFormat(raw)}) is not used`;
  return [{ code: RAW_FORMAT_UNUSED, message }];
}
