/** Text from vendors, files and names on its way into a page. */

const REFERENCES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

// C0 and C1 but tab and line feed, what turns the writing round, and what is no character.
const UNSHOWN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/g;

/** For text and for attributes in quotes: nothing in it is read as markup. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSHOWN, "")
    .replace(/[&<>"']/g, (character) => REFERENCES.get(character) ?? character);
}

/**
 * JSON for a `script` element. With no `<` in it, it can neither end the element nor open a comment
 * (HTML, "Restrictions for contents of script elements").
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
