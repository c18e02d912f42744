/** The lines of a text file: LF, CRLF and CR end one. A byte order mark in front is none of it. */
export function linesOf(text: string): string[] {
  return text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
}

export function isBlank(line: string): boolean {
  return line.trim() === "";
}
