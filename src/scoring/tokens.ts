/** What an error is counted in: words, characters, or both mixed. */

/**
 * Words as jiwer counts them (docs, "Usage"): what stands between white space. A sentence that is
 * written without spaces is one word.
 */
export function wordsOf(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === "" ? [] : trimmed.split(/\s+/u);
}

/** Code points, spaces among them, without those at both ends, as jiwer counts characters. */
export function charactersOf(text: string): string[] {
  return Array.from(text.trim());
}

// A character of Chinese, Japanese or Korean, with the marks that belong to it, or a stretch of
// anything else but spaces.
const CJK = "\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}";
const MIXED = new RegExp(`[${CJK}]\\p{M}*|[^\\s${CJK}]+`, "gu");

/** Han, kana and hangul by character, the rest by word: "我用 Kubernetes 部署" has five tokens. */
export function mixedTokensOf(text: string): string[] {
  return text.match(MIXED) ?? [];
}
