/** The one line of a terminal that changes in place: text while it is being spoken. */
import type { RedrawnText } from "./console.ts";
import { sanitizeLine } from "./sanitize.ts";
import { displayWidth, endOf } from "./width.ts";

/** Left free at the end: the last column would wrap, and a terminal shows `^C` where one types it. */
const FREE_COLUMNS = 4;

/**
 * To the first column, and erase to the end of the row; up one row. Never to the end of the screen:
 * in its first row tmux takes that for a screen to be kept among the lines that scrolled away.
 */
export const ERASE_ROW = "\r\u001b[K";
export const UP = "\u001b[A";

export interface LiveTerminal {
  /** Now: it may change at any time. */
  readonly columns: number;
  write(text: string): void;
}

export interface LiveLine extends RedrawnText {
  /**
   * Draws the line anew; of a text that is too long its end, with an ellipsis in front.
   *
   * @param note shown whole behind the text, as "3 s behind"
   */
  update(text: string, note?: string): void;
}

/** @param faint how the text looks; it may add no column */
export function createLiveLine(
  terminal: LiveTerminal,
  faint: (text: string) => string = (text) => text,
): LiveLine {
  /** Columns of what is on the screen; 0: nothing. */
  let drawnColumns = 0;

  /** A terminal that became narrower has wrapped the line: all its rows go. */
  function erasing(): string {
    if (drawnColumns === 0) return "";
    const rows = Math.ceil(drawnColumns / Math.max(1, terminal.columns));
    return `${ERASE_ROW}${`${UP}${ERASE_ROW}`.repeat(rows - 1)}`;
  }

  function clear(): void {
    if (drawnColumns === 0) return;
    terminal.write(erasing());
    drawnColumns = 0;
  }

  return {
    update(text, note = "") {
      const columns = terminal.columns - FREE_COLUMNS;
      const plainNote = sanitizeLine(note);
      const suffix = plainNote === "" ? "" : ` (${plainNote})`;
      const room = columns - displayWidth(suffix);
      const shown = room > 0 ? `${endOf(oneLine(text), room)}${suffix}` : "";
      const erased = erasing();
      drawnColumns = displayWidth(shown);
      // In one piece, so that nothing flickers between the old line and the new.
      if (erased !== "" || shown !== "") {
        terminal.write(`${erased}${shown === "" ? "" : faint(shown)}`);
      }
    },
    clear,
    stop: clear,
  };
}

function oneLine(text: string): string {
  return sanitizeLine(text.replaceAll("\t", " "))
    .replace(/[\n\u2028\u2029]+/g, " ")
    .trim();
}
