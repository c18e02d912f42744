// Allowed raw in JSON, but line ends to some readers of lines (NEL, LS, PS: Python's splitlines)
// or commands to a terminal (DEL, C1). JSON.stringify itself escapes C0 and lone surrogates.
const TO_ESCAPE = /[\u007f-\u009f\u2028\u2029]/g;

/**
 * JSON that survives every way of reading it line by line, ending with a line feed.
 *
 * @param indent spaces a level; 0: all on one line
 */
export function jsonText(value: unknown, indent = 0): string {
  const json = JSON.stringify(value, undefined, indent);
  return `${json.replace(TO_ESCAPE, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
