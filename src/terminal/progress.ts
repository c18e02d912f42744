/** The progress of long work, on a terminal only: audio done, speed, time left. */
import type { ProgressLine } from "./console.ts";
import { ERASE_ROW, UP } from "./live-line.ts";
import { displayWidth } from "./width.ts";

export interface ProgressState {
  /** What is worked on, e.g. the input's name. */
  readonly label: string;
  readonly doneMs: number;
  /** Undefined while the length is not known (a pipe). */
  readonly totalMs?: number;
  readonly elapsedMs: number;
}

/** "01:00", "1:01:01". */
export function clockTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** One line, e.g. `talk.wav  00:41/02:00  34%  5.2x  00:15 left`. */
export function progressText(state: ProgressState): string {
  const { label, doneMs, totalMs, elapsedMs } = state;
  const parts = [label];
  if (totalMs === undefined) parts.push(clockTime(doneMs));
  else {
    parts.push(`${clockTime(doneMs)}/${clockTime(totalMs)}`);
    if (totalMs > 0) parts.push(`${Math.floor((100 * Math.min(doneMs, totalMs)) / totalMs)}%`);
  }
  const speed = elapsedMs > 0 ? doneMs / elapsedMs : 0;
  if (speed > 0) {
    parts.push(`${speed.toFixed(1)}x`);
    if (totalMs !== undefined) parts.push(`${clockTime((totalMs - doneMs) / speed)} left`);
  }
  return parts.join("  ");
}

/** Between two drawings. */
const REDRAW_MS = 100;

/**
 * A spinner on stderr. Loads ora only here: it costs 35 ms, and most runs are in a pipe.
 * stdin stays untouched: it may be the audio, and Ctrl-C must stay a signal.
 */
export async function startProgress(
  stream: NodeJS.WriteStream,
  text: string,
  colored: boolean,
): Promise<ProgressLine | undefined> {
  const { default: ora } = await import("ora");
  const color = colored ? {} : { color: false as const };
  const spinner = ora({ text, stream, discardStdin: false, interval: REDRAW_MS, ...color });
  // What ora takes for no terminal (CI) would get a line a text instead of one that is redrawn.
  if (!spinner.isEnabled) return undefined;
  spinner.start();
  /** ora erases as many rows as it drew: those that a narrower terminal made of them go here. */
  function onResize(): void {
    const lines = `- ${spinner.text}`.split("\n").map(displayWidth);
    const rows = lines.reduce((sum, width) => sum + rowsOf(width, stream.columns), 0);
    // Written while ora looks on: it has erased its own rows by then, from the last one up.
    stream.write(`${`${UP}${ERASE_ROW}`.repeat(rows - lines.length)}\r`);
  }
  stream.on("resize", onResize);
  let redrawing: NodeJS.Timeout | undefined;
  return {
    update(next) {
      spinner.text = next;
    },
    follow(draw) {
      const redraw = (): void => {
        spinner.text = draw({ columns: stream.columns, rows: stream.rows });
      };
      clearInterval(redrawing);
      redrawing = setInterval(redraw, REDRAW_MS);
      redraw();
    },
    clear() {
      spinner.clear();
    },
    stop() {
      clearInterval(redrawing);
      stream.off("resize", onResize);
      spinner.stop();
    },
  };
}

function rowsOf(width: number, columns: number): number {
  return Math.max(1, Math.ceil(width / Math.max(1, columns)));
}
