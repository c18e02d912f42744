/** How many columns of a terminal a text takes. */
import { eastAsianWidth } from "get-east-asian-width";

/** Combining marks, joiners, variation selectors: they take no column of their own. */
const WIDTHLESS = /^[\p{M}\p{Cf}]$/u;

const ASCII = /^[\x20-\x7e]*$/;

function widthOfCharacter(character: string): number {
  if (WIDTHLESS.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}

/** Asks for the picture of a character that is also a letter or sign ("❤" and "❤️"). */
const AS_PICTURE = "\ufe0f";

/**
 * Terminals differ in pictures that are joined of several: counted is what each takes alone, the
 * most that any terminal needs.
 *
 * @param text without control characters
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  let last = 0;
  for (const character of text) {
    const own = character === AS_PICTURE && last === 1 ? 1 : widthOfCharacter(character);
    width += own;
    last = own;
  }
  return width;
}

/** Longer than any one thing that is drawn in one place, a family of four with skin tones. */
const LONGEST_CLUSTER = 32;

/** The end of a text, of at most `columns`, with an ellipsis in front where it was longer. */
export function endOf(text: string, columns: number): string {
  // A text of an hour need not be measured for the end of it.
  const isLong = text.length > columns * 2 * LONGEST_CLUSTER;
  const near = isLong ? text.slice(-columns * LONGEST_CLUSTER).toWellFormed() : text;
  if (!isLong && displayWidth(near) <= columns) return text;
  const clusters = Array.from(new Intl.Segmenter().segment(near), ({ segment }) => segment);
  let room = columns - 1;
  let first = clusters.length;
  for (; first > 0; first--) {
    room -= displayWidth(clusters[first - 1] ?? "");
    if (room < 0) break;
  }
  return `…${clusters.slice(first).join("").trimStart()}`;
}

/** The beginning of a text, of at most `columns`, with an ellipsis behind where it was longer. */
export function startOf(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return `${beginning(Array.from(text), columns - 1)}…`;
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
