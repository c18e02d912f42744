/** Spaces and widths: how a text is set, not what it says. */

/** The full-width forms of ASCII and the ideographic space (Unicode, U+FF01 to U+FF5E, U+3000). */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll("\u3000", " ");
}

const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u3001-\u303f\u30fb\u30fc";
const BESIDE_UNSPACED = new RegExp(`(?<=[${UNSPACED}])\\s+|\\s+(?=[${UNSPACED}])`, "gu");

/** One space between words, none at the ends and none beside Han and kana: 我用 K8s is 我用K8s. */
export function plainSpaces(text: string): string {
  return text.replace(/\s+/gu, " ").trim().replace(BESIDE_UNSPACED, "");
}
