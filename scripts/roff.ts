/** Text in the man macros of roff (man(7), groff_man(7)). */

/** Any text as it is to be read: nothing in it is a request or an escape. */
export function text(plain: string): string {
  return plain
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti")
    .replace(/^\./gm, "\\&.")
    .replace(/[^\n -~]/gu, (letter) => {
      const code = letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
      return `\\[u${code}]`;
    });
}

export function bold(plain: string): string {
  return `\\fB${text(plain)}\\fR`;
}

export function section(title: string): string {
  return `.SH ${title}\n`;
}

export function subsection(title: string): string {
  return `.SS "${text(title).replaceAll('"', "\\(dq")}"\n`;
}

/** @param body in roff */
export function paragraph(body: string): string {
  return `.PP\n${body}\n`;
}

/** A term and, indented, what it means. Both in roff. */
export function tagged(term: string, body: string): string {
  return `.TP\n${term}\n${body}\n`;
}

/** Lines as they stand. */
export function example(lines: readonly string[]): string {
  return `.PP\n.EX\n${lines.map((line) => `${text(line)}\n`).join("")}.EE\n`;
}
