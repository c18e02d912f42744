import type { Readable } from "node:stream";

/** More of one line is not shown. */
const LINE_CHARACTERS = 200;

/**
 * Reads a standard error to its end; the function returned gives the last line so far.
 *
 * @param onLine told each line, without control characters.
 */
export function lastLineOf(
  stderr: Readable,
  onLine: (line: string) => void,
): () => string | undefined {
  let rest = "";
  let last: string | undefined;
  const take = (line: string): void => {
    const plain = line
      .replace(/[\x00-\x1f\x7f-\x9f]+/g, " ")
      .trim()
      .slice(0, LINE_CHARACTERS);
    if (plain === "") return;
    last = plain;
    onLine(plain);
  };
  stderr.on("error", () => {});
  stderr.setEncoding("utf8").on("data", (piece: string) => {
    const lines = (rest + piece).split(/[\r\n]+/);
    rest = (lines.pop() ?? "").slice(-LINE_CHARACTERS * 4);
    for (const line of lines) take(line);
  });
  stderr.on("end", () => {
    take(rest);
    rest = "";
  });
  return () => last;
}
