/** Bytes of a text file as text. */

export interface DecodedText {
  /** What is not UTF-8 became U+FFFD. */
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be";
  readonly hasByteOrderMark: boolean;
  /** Line of the first byte that is not UTF-8, from 1. */
  readonly faultLine?: number;
}

/** What to do about a file that is neither. */
export const CONVERT_HINT =
  "convert it first: iconv -f GB18030 -t UTF-8 OLD > NEW (or -f BIG5, -f UTF-16)";

const LINE_FEED = 0x0a;

/** UTF-8, or UTF-16 where a byte order mark says so, as Windows editors save "Unicode". */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return utf16(bytes, "utf-16be");
  const hasByteOrderMark = first === 0xef && second === 0xbb && third === 0xbf;
  const encoding = "utf-8";
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, encoding, hasByteOrderMark };
  } catch {
    const text = new TextDecoder("utf-8").decode(bytes);
    return { text, encoding, hasByteOrderMark, faultLine: firstFaultLine(bytes) };
  }
}

function utf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, hasByteOrderMark: true };
}

function firstFaultLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const feed = bytes.indexOf(LINE_FEED, from);
    const until = feed === -1 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(from, until));
    } catch {
      return line;
    }
    from = until;
  }
  return line;
}
