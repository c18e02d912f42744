/** Colours for stderr: on a terminal unless NO_COLOR (no-color.org) is set; `--color` decides. */
import { NO_PAINT, type Paint } from "./report.ts";

/** @param chosen by `--color` or `--no-color`; undefined: by the terminal and NO_COLOR */
export function isColored(
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
  chosen?: boolean,
): boolean {
  if (chosen !== undefined) return chosen;
  return isTerminal && !environment.NO_COLOR && environment.TERM !== "dumb";
}

export async function loadPaint(colored: boolean): Promise<Paint> {
  if (!colored) return NO_PAINT;
  const { Chalk } = await import("chalk");
  const { red, yellow, dim } = new Chalk({ level: 1 });
  return { error: red, warning: yellow, faint: dim };
}
