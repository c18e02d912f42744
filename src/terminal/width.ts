/** How many columns of a terminal a text takes. */
import { eastAsianWidth } from "get-east-asian-width";

/** Combining marks, joiners, variation selectors: they take no column of their own. */
const WIDTHLESS = /^[\p{M}\p{Cf}]$/u;

const ASCII = /^[\x20-\x7e]*$/;

function widthOfCharacter(character: string): number {
  if (WIDTHLESS.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}

/** @param text without control characters */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  return Array.from(text).reduce((sum, character) => sum + widthOfCharacter(character), 0);
}

/** A text of at most `columns`, with an ellipsis in the middle where it was longer. */
export function shortenMiddle(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const characters = Array.from(text);
  // The end of a name tells more: numbers and the extension are there.
  const left = beginning(characters, Math.floor((columns - 1) / 2));
  const right = beginning(characters.toReversed(), columns - 1 - displayWidth(left));
  return `${left}…${Array.from(right).toReversed().join("")}`;
}

/** As many of the characters as fit. */
function beginning(characters: readonly string[], columns: number): string {
  let width = 0;
  const count = characters.findIndex((character) => {
    width += widthOfCharacter(character);
    return width > columns;
  });
  return characters.slice(0, count === -1 ? characters.length : count).join("");
}
