/** The fenced blocks of a page (CommonMark 0.31, section 4.5, without tildes). */

export interface Fence {
  /** The first word after the opening marks; "" where there is none. */
  readonly language: string;
  /** Of the opening marks, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** @throws Error for a block that is not closed. */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { language: string; line: number; indent: number; lines: string[] } | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    const mark = /^(\s*)```(\w*)/.exec(text);
    if (mark !== null && open === undefined) {
      open = { language: mark[2] ?? "", line: index + 1, indent: mark[1]?.length ?? 0, lines: [] };
    } else if (mark !== null && open !== undefined) {
      const { language, line, lines } = open;
      fences.push({ language, line, lines });
      open = undefined;
    } else open?.lines.push(text.slice(Math.min(open.indent, text.search(/\S|$/))));
  }
  if (open !== undefined) throw new Error(`the block of line ${open.line} is not closed`);
  return fences;
}
