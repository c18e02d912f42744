/**
 * Takes out of a text from outside (a vendor's answer, a file's name) what could move the cursor,
 * change colours or set the title of a terminal: C0 and C1 controls and bidirectional overrides.
 * Tabs and line feeds stay.
 */
export function sanitize(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** As {@link sanitize}, on one line. */
export function sanitizeLine(text: string): string {
  return sanitize(text.replace(/\s*\r?\n\s*/g, " "));
}

/**
 * JSON on one line without characters that move a cursor or turn text round: they are escaped, so
 * that a program reads the text as it was.
 */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
