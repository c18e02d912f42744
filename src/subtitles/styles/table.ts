/** The one list of subtitle styles. */
import { usageError } from "../../errors.ts";
import { FULL_WIDTH_SCRIPTS } from "../../transcript/full-width.ts";
import type { SubtitleStyle } from "../style.ts";
import { bbc } from "./bbc.ts";
import { netflixEn } from "./netflix-en.ts";
import { netflixZh } from "./netflix-zh.ts";
import { plain } from "./plain.ts";

/** In the order of `--help`. */
export const STYLES: readonly SubtitleStyle[] = [netflixZh, netflixEn, bbc, plain];

/** @throws AsrError kind "usage" for a name that is no style */
export function styleNamed(id: string): SubtitleStyle {
  const style = STYLES.find((candidate) => candidate.id === id);
  if (style !== undefined) return style;
  const ids = STYLES.map((candidate) => candidate.id).join(", ");
  throw usageError(`unknown subtitle style: ${id}`, `use one of ${ids}`);
}

/** Languages (BCP 47, primary subtag) that are written in full-width characters. */
const FULL_WIDTH_LANGUAGES: ReadonlySet<string> = new Set([
  ...["zh", "cmn", "yue", "wuu", "nan", "hak", "gan", "hsn", "cdo", "cjy", "cpx", "czh", "czo"],
  ...["lzh", "mnp", "ja", "ko"],
]);

const FULL_WIDTH = new RegExp(`[${FULL_WIDTH_SCRIPTS}]`, "gu");
/** An address is in no language. */
const ADDRESS = /\b(?:https?:|www\.)[!-~]*/giu;
const SPACED_WORD = new RegExp(`(?:(?![${FULL_WIDTH_SCRIPTS}])[\\p{L}\\p{M}\\p{N}'’-])+`, "gu");

/**
 * The style of those who name none.
 *
 * @param language BCP 47; undefined or "auto" where it is not known: then the text's script tells
 * @param text some of what is to be shown
 */
export function defaultStyle(language: string | undefined, text: string): SubtitleStyle {
  const primary = language?.split("-")[0]?.toLowerCase();
  if (primary !== undefined && primary !== "auto" && primary !== "und" && primary !== "mul") {
    return FULL_WIDTH_LANGUAGES.has(primary) ? netflixZh : netflixEn;
  }
  const prose = text.replace(ADDRESS, "");
  const characters = prose.match(FULL_WIDTH)?.length ?? 0;
  // A Chinese word has one or two of them.
  return characters > (prose.match(SPACED_WORD)?.length ?? 0) ? netflixZh : netflixEn;
}
