/** The progress of long work, on a terminal only: audio done, speed, time left. */
import type { ProgressLine } from "./console.ts";

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

/**
 * A spinner on stderr. Loads ora only here: it costs 35 ms, and most runs are in a pipe.
 * stdin stays untouched: it may be the audio, and Ctrl-C must stay a signal.
 */
export async function startProgress(
  stream: NodeJS.WritableStream,
  text: string,
  colored: boolean,
): Promise<ProgressLine | undefined> {
  const { default: ora } = await import("ora");
  const color = colored ? {} : { color: false as const };
  const spinner = ora({ text, stream, discardStdin: false, ...color });
  // What ora takes for no terminal (CI) would get a line a text instead of one that is redrawn.
  if (!spinner.isEnabled) return undefined;
  spinner.start();
  return {
    update(next) {
      spinner.text = next;
    },
    clear() {
      spinner.clear();
    },
    stop() {
      spinner.stop();
    },
  };
}
