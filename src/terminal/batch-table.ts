/** The live table of a run of several inputs, as lines for a terminal. Pure. */
import { lengthText, moneyText, speedText } from "./amounts.ts";
import type { TerminalSize } from "./console.ts";
import { clockTime } from "./progress.ts";
import type { RunningJob, RunTally } from "./run-tally.ts";
import { sanitizeLine } from "./sanitize.ts";
import { recognisedMs, timeLeftMs } from "./time-left.ts";
import { displayWidth, shortenMiddle, startOf } from "./width.ts";

const SHOWN_JOBS = 5;
/** Left free at the end of each line: the last column would wrap, and `^C` is shown where one types it. */
const FREE_COLUMNS = 4;
/** Of a spinner and a blank before the first line; the others stand below its text. */
const INDENT = "  ";
/** Names are made shorter than the terminal allows: fewer lines wrap where it becomes narrower. */
const WIDEST_NAME = 60;
const GAP = "  ";

/**
 * @param size of the terminal now
 * @returns lines that fit it, the first without room for a spinner in front
 */
export function batchTable(tally: RunTally, { columns, rows }: TerminalSize): string[] {
  const width = Math.max(1, columns - FREE_COLUMNS - INDENT.length);
  const running = [...tally.running];
  const heading = flow(counts(tally), width);
  const figures = flow(sums(tally, running), width);
  // The row below is where a shell or the next message goes on.
  const room = Math.max(1, rows - 1);
  const jobs = jobLines(running, room - heading.length - figures.length, width);
  return [...heading, ...figures, ...jobs]
    .slice(0, room)
    .map((line, index) => (index === 0 ? line : `${INDENT}${line}`));
}

function counts(tally: RunTally): string[] {
  const { failed, elsewhere, total, waiting, runningCount } = tally;
  const endedCount = total - waiting - runningCount;
  return [
    `done ${tally.done + tally.doneBefore}`,
    ...(failed === 0 ? [] : [`failed ${failed}`]),
    `running ${runningCount}`,
    ...(elsewhere === 0 ? [] : [`elsewhere ${elsewhere}`]),
    `left ${waiting}`,
    ...(total === 0 ? [] : [`${Math.floor((100 * endedCount) / total)}%`]),
  ];
}

function sums(tally: RunTally, running: readonly RunningJob[]): string[] {
  const { workingMs, waiting, audioMs: endedAudioMs, billing } = tally;
  const pace = {
    ...{ workingMs, waiting, running, endedAudioMs },
    endedCount: tally.done + tally.failed,
  };
  const audioMs = recognisedMs(pace);
  const leftMs = timeLeftMs(pace);
  const { billedMs, spend } = billing;
  const billed = billedMs === 0 ? "" : `${lengthText(billedMs)} billed`;
  return [
    ...(audioMs === 0 ? [] : [`audio ${lengthText(audioMs)}`]),
    ...(audioMs === 0 || workingMs === 0 ? [] : [speedText(audioMs / workingMs)]),
    ...(leftMs === undefined ? [] : [`about ${clockTime(leftMs)} left`]),
    spend.length === 0 ? billed : `spent ${spend.map(moneyText).join(" + ")} (${billed})`,
  ].filter((part) => part !== "");
}

/** Parts side by side, on as few lines as they need. */
function flow(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = `${last}${GAP}${part}`;
    if (last !== undefined && displayWidth(longer) <= width) lines.splice(-1, 1, longer);
    else lines.push(startOf(part, width));
  }
  return lines;
}

/** The longest-running; `room` is the number of lines for them. */
function jobLines(running: readonly RunningJob[], room: number, width: number): string[] {
  if (room <= 0) return [];
  const most = Math.min(SHOWN_JOBS, room);
  const isWhole = running.length <= most;
  // What is left out takes a line of its own.
  const shown = running.slice(0, isWhole || room > most ? most : most - 1);
  const states = shown.map(stateText);
  const stateWidth = Math.max(0, ...states.map((state) => state.length));
  const nameRoom = Math.min(WIDEST_NAME, Math.max(1, width - stateWidth - GAP.length));
  const names = shown.map(({ name }) =>
    shortenMiddle(sanitizeLine(name).replaceAll("\t", " "), nameRoom),
  );
  const nameWidth = Math.max(0, ...names.map(displayWidth));
  const lines = names.map((name, index) => {
    const blanks = " ".repeat(nameWidth - displayWidth(name));
    return startOf(`${name}${blanks}${GAP}${states[index]}`, width);
  });
  const more = `… and ${running.length - shown.length} more`;
  return isWhole ? lines : [...lines, startOf(more, width)];
}

/** How far a job is: `00:41/02:00  34%`, `decoding 00:10/02:00  8%`. */
function stateText({ doneMs, totalMs, stage }: RunningJob): string {
  const [name, atMs] = stage === undefined ? ["", doneMs] : [`${stage.name} `, stage.audioMs];
  if (totalMs === undefined) return `${name}${clockTime(atMs)}`;
  const percent =
    totalMs === 0 ? "" : `${GAP}${Math.floor((100 * Math.min(atMs, totalMs)) / totalMs)}%`;
  return `${name}${clockTime(atMs)}/${clockTime(totalMs)}${percent}`;
}
