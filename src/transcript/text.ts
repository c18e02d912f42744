/** Text of segments as lines and as running text. */

// Everything that some reader takes for the end of a line: Unicode's mandatory breaks (UAX #14,
// classes BK, CR, LF, NL) and the separators U+001C to U+001E, at which Python's splitlines cuts.
const LINE_BREAK = /\r\n|[\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/;
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/**
 * The lines of a text that are not blank, trimmed. Tabs become spaces, other control characters
 * go, a lone surrogate becomes U+FFFD as it would on its way into UTF-8.
 */
export function textLines(text: string): string[] {
  return text
    .toWellFormed()
    .split(LINE_BREAK)
    .map((line) => line.replaceAll("\t", " ").replace(CONTROLS, "").trim())
    .filter((line) => line !== "");
}

/** As {@link textLines}, on one line; empty for a text that shows nothing. */
export function singleLine(text: string): string {
  return textLines(text).join(" ");
}

// Scripts written without spaces between words, with their punctuation: Han, kana, bopomofo, Yi;
// CJK symbols, the vertical and the full-width forms. Korean writes spaces.
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Yi}" +
  "\\u3001-\\u303f\\u30fb\\u30fc\\ufe30-\\ufe4f\\uff01-\\uff60\\uff70\\uffe0-\\uffe6";
// Shared by Chinese and Western text: the character beyond them decides.
const SHARED_PUNCTUATION = "[\\u2018\\u2019\\u201c\\u201d\\u2026\\u2014\\u2013\\u00b7]*";
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]${SHARED_PUNCTUATION}$`, "u");
const STARTS_UNSPACED = new RegExp(`^${SHARED_PUNCTUATION}[${UNSPACED}]`, "u");

/**
 * Joins texts into running text: a space between two, unless both sides of the seam belong to a
 * script without spaces. Blank texts are left out, line breaks count as seams; characters are
 * otherwise kept as they are.
 */
export function joinTexts(texts: Iterable<string>): string {
  const joined: string[] = [];
  let endsUnspaced = false;
  for (const text of texts) {
    for (const line of text.split(LINE_BREAK)) {
      const piece = line.trim();
      if (piece === "") continue;
      const spaced = joined.length > 0 && !(endsUnspaced && STARTS_UNSPACED.test(piece));
      joined.push(spaced ? ` ${piece}` : piece);
      endsUnspaced = ENDS_UNSPACED.test(piece);
    }
  }
  return joined.join("");
}
