/** What a cue's text says once its marks are read: speakers, words with times, plain text. */
import { timeOf } from "./cue-times.ts";
import type { SubtitleFile } from "./subtitle-file.ts";

/** What one voice says in a cue. */
export interface Spoken {
  readonly voice?: string;
  readonly text: string;
  /** The text in pieces, where times stand between them; the first begins with the cue. */
  readonly pieces: readonly { readonly text: string; readonly fromMs?: number }[];
}

/** W3C WebVTT, "WebVTT cue text span", and what browsers read besides. */
const REFERENCES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  lrm: "\u200e",
  rlm: "\u200f",
  nbsp: "\u00a0",
};
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]+));/g;

/** In SRT only what players take for tags is one: "a < b" is text. */
const SRT_TAG = /<\/?(?:[bius]|font|ruby|rt|c|v|lang)(?:[\s.][^<>]*)?>/gi;
/** Positions and styles of ASS, which some players read in SRT. */
const ASS_OVERRIDE = /\{\\[^{}]*\}/g;
const VTT_TAG = /<([^<>]*)>/g;
const VOICE = /^v(?:\.[^\s]*)?\s+(.+)$/s;

/** The text of lines as a viewer reads it. */
export function plainText(lines: readonly string[], format: SubtitleFile["format"]): string {
  const text = lines.join("\n");
  if (format === "srt") return text.replace(ASS_OVERRIDE, "").replace(SRT_TAG, "");
  return unescaped(text.replace(VTT_TAG, ""));
}

/** Whether lines hold marks, which writing them as plain text would lose. */
export function hasMarks(lines: readonly string[], format: SubtitleFile["format"]): boolean {
  const text = lines.join("\n");
  return format === "srt"
    ? text.replace(ASS_OVERRIDE, "").replace(SRT_TAG, "") !== text
    : text.search(VTT_TAG) !== -1;
}

/** WebVTT: one entry a voice, in order; what says nothing is left out. */
export function spokenInVtt(lines: readonly string[]): Spoken[] {
  const spoken: { voice?: string; pieces: { text: string; fromMs?: number }[] }[] = [
    { pieces: [{ text: "" }] },
  ];
  const text = lines.join("\n");
  let from = 0;
  const say = (piece: string) => {
    const last = spoken.at(-1)?.pieces.at(-1);
    if (last !== undefined) last.text += unescaped(piece);
  };
  for (const { 0: tag, 1: content = "", index } of text.matchAll(VTT_TAG)) {
    say(text.slice(from, index));
    from = index + tag.length;
    const voice = VOICE.exec(content)?.[1];
    const at = timeOf(content);
    if (voice !== undefined) {
      spoken.push({ voice: unescaped(voice).trim(), pieces: [{ text: "" }] });
    } else if (content === "/v") spoken.push({ pieces: [{ text: "" }] });
    else if (at !== undefined) spoken.at(-1)?.pieces.push({ text: "", fromMs: at.ms });
  }
  say(text.slice(from));
  return spoken
    .map(({ voice, pieces }) => ({
      ...(voice === undefined ? {} : { voice }),
      text: pieces
        .map((piece) => piece.text)
        .join("")
        .trim(),
      pieces,
    }))
    .filter((one) => one.text !== "");
}

function unescaped(text: string): string {
  return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return REFERENCES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code === 0 || code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
