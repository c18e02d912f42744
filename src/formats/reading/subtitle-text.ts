/** Texts that are subtitle files, known by their content. */
import { looksLikeSrt, readSrt } from "./srt.ts";
import type { SubtitleFile } from "./subtitle-file.ts";
import { looksLikeVtt, readVtt } from "./vtt.ts";

/** @returns undefined for a text that is neither SRT nor WebVTT. */
export function readSubtitles(text: string): SubtitleFile | undefined {
  if (looksLikeVtt(text)) return readVtt(text);
  if (looksLikeJson(text)) return undefined;
  return looksLikeSrt(text) ? readSrt(text) : undefined;
}

/** Whether `readStored` takes a text for a subtitle file. */
export function isSubtitles(text: string): boolean {
  const plain = text.replace(/^\ufeff/, "");
  return looksLikeVtt(plain) || (!looksLikeJson(plain) && looksLikeSrt(plain));
}

/** An object or a list of such; "[Script Info]" and "[00:12.00]" begin other files. */
export function looksLikeJson(text: string): boolean {
  return /^\s*(?:\{|\[\s*(?:\{|\]))/.test(text);
}
