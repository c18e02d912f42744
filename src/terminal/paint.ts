/** Colours for stderr, where the stream takes them: chalk looks at NO_COLOR and the terminal. */
import { NO_PAINT, type Paint } from "./report.ts";

/** @param allowed false for `--no-color` */
export async function loadPaint(isTerminal: boolean, allowed: boolean): Promise<Paint> {
  if (!isTerminal || !allowed) return NO_PAINT;
  const { chalkStderr } = await import("chalk");
  return { error: chalkStderr.red, warning: chalkStderr.yellow, faint: chalkStderr.dim };
}
