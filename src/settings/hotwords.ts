/** Hotwords as users write them: `TEXT[:WEIGHT]`, or a file with one a line. */
import { usageError } from "../errors.ts";

export interface WrittenHotword {
  readonly text: string;
  readonly weight?: number;
}

/**
 * The last colon followed by digits splits the weight, so that `C++: advanced` stays whole.
 *
 * @throws AsrError kind "usage" for a hotword without text.
 */
export function parseHotword(written: string): WrittenHotword {
  const match = /^(.*):(\d{1,9})$/s.exec(written);
  const text = (match?.[1] ?? written).trim();
  if (text === "")
    throw usageError(`a hotword without text: "${written}"`, "write TEXT or TEXT:WEIGHT");
  return match?.[2] === undefined ? { text } : { text, weight: Number(match[2]) };
}

/** A hotword file: UTF-8, one a line; `#` starts a comment line; BOM and CRLF are accepted. */
export function parseHotwordFile(content: string): WrittenHotword[] {
  return content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(parseHotword);
}
