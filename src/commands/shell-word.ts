/** A name as a user can type it behind a command that a message proposes. */

/** Nothing of it means anything to a shell. */
const PLAIN = /^[\p{L}\p{N}_./:@%+,=-]+$/u;

export function shellWord(text: string, platform: NodeJS.Platform): string {
  if (PLAIN.test(text) && !text.startsWith("-")) return text;
  if (platform === "win32") return `"${text}"`;
  const word = text.startsWith("-") ? `./${text}` : text;
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
