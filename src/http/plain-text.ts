/** Foreign text made fit to be shown in one line. */

const FIRST_LINE_CHARACTERS = 200;

/**
 * The first line of `text` that has something in it, without control characters and terminal
 * sequences, cut at 200 characters; "" where there is none.
 */
export function firstLine(text: string): string {
  for (const line of text.split(/[\r\n\u2028\u2029]+/, 1000)) {
    const shown = withoutControls(line).replace(/\s+/g, " ").trim();
    if (shown === "") continue;
    const characters = Array.from(shown.slice(0, 2 * FIRST_LINE_CHARACTERS + 1));
    if (characters.length <= FIRST_LINE_CHARACTERS) return shown;
    return `${characters.slice(0, FIRST_LINE_CHARACTERS).join("")}…`;
  }
  return "";
}

/** Drops ANSI sequences, C0 and C1 controls and what turns the direction of writing. */
function withoutControls(text: string): string {
  return text
    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g, "")
    .replace(/\t/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "");
}
