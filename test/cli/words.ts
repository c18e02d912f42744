/** Texts compared as a listener would: case, punctuation and spacing aside. */

/** Lower-case words, or for Chinese the characters, without punctuation. */
export function spoken(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("-", " ")
    .replace(/[\p{P}\p{S}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
