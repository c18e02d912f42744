/** Reads SubRip as ffmpeg does: whatever stands between two lines of times is text. */
import { type CueTimes, cueTimesOf, looksLikeTimes } from "./cue-times.ts";
import { isBlank, linesOf } from "./lines.ts";
import type { FileCue, FileFault, SubtitleFile } from "./subtitle-file.ts";
import { timeFaults } from "./time-faults.ts";

const NUMBER = /^\s*\d+\s*$/;

interface Timing {
  /** Index of its line. */
  readonly at: number;
  readonly times: CueTimes;
  /** Index of the line with the cue's number; that of the times where there is none. */
  readonly from: number;
}

export function readSrt(text: string): SubtitleFile {
  const lines = linesOf(text);
  const timings = timingsOf(lines);
  const cues: FileCue[] = [];
  const faults = [...strayBefore(lines, timings[0]?.from ?? lines.length)];
  for (const [index, { at, times, from }] of timings.entries()) {
    const until = timings[index + 1]?.from ?? lines.length;
    const body = bodyOf(lines, at + 1, until);
    const id = from === at ? undefined : lines[from]?.trim();
    const cue: FileCue = {
      ...(id === undefined ? {} : { id }),
      startMs: times.startMs,
      endMs: times.endMs,
      settings: times.settings,
      line: at + 1,
      lines: body.lines,
    };
    const place = { line: at + 1, cue: index + 1 };
    faults.push(
      ...numberFaults(id, index + 1, from + 1),
      ...timeFaults(times, cues.at(-1), ",", place),
      ...body.faults.map((fault) => ({ ...fault, cue: index + 1 })),
    );
    if (body.lines.length === 0) {
      faults.push({ ...place, rule: "empty-cue", found: "no text", expected: "a line of text" });
    }
    cues.push(cue);
  }
  return {
    format: "srt",
    header: [],
    cues,
    trailer: [],
    faults: faults.sort((a, b) => a.line - b.line),
  };
}

/** Whether a text has at least one line of times, or what was meant to be one. */
export function looksLikeSrt(text: string): boolean {
  const lines = linesOf(text);
  return lines.some(
    (line, at) => cueTimesOf(line) !== undefined || looksLikeTimes(line, isUnderNumber(lines, at)),
  );
}

function timingsOf(lines: readonly string[]): Timing[] {
  return lines.flatMap((line, at) => {
    const times = cueTimesOf(line);
    if (times === undefined) return [];
    return [{ at, times, from: NUMBER.test(lines[at - 1] ?? "") ? at - 1 : at }];
  });
}

/** A number at the head of a block: what follows should be times. */
function isUnderNumber(lines: readonly string[], at: number): boolean {
  return at > 0 && NUMBER.test(lines[at - 1] ?? "") && isBlank(lines[at - 2] ?? "");
}

function bodyOf(lines: readonly string[], from: number, until: number) {
  const body: string[] = [];
  const faults: FileFault[] = [];
  let blankAt: number | undefined;
  for (let at = from; at < until; at += 1) {
    const line = lines[at] ?? "";
    if (looksLikeTimes(line, isUnderNumber(lines, at))) faults.push(unreadable(line, at + 1));
    if (isBlank(line)) {
      blankAt ??= at;
      continue;
    }
    if (blankAt !== undefined && body.length > 0) {
      faults.push({
        rule: "blank-line",
        line: blankAt + 1,
        found: "an empty line inside the cue",
        expected: "none: most players drop what comes after it",
      });
    }
    blankAt = undefined;
    body.push(line);
  }
  return { lines: body, faults };
}

function* strayBefore(lines: readonly string[], until: number): Generator<FileFault> {
  for (const [at, line] of lines.slice(0, until).entries()) {
    if (looksLikeTimes(line, isUnderNumber(lines, at))) yield unreadable(line, at + 1);
    else if (!isBlank(line) && !looksLikeTimes(lines[at + 1] ?? "", true)) {
      yield { rule: "stray-text", line: at + 1, found: line.trim(), expected: "a cue's number" };
    }
  }
}

function unreadable(line: string, number: number): FileFault {
  return {
    rule: "times",
    line: number,
    found: line.trim(),
    expected: "00:00:01,000 --> 00:00:02,000",
  };
}

function* numberFaults(id: string | undefined, number: number, line: number): Generator<FileFault> {
  if (id !== undefined && Number(id) === number) return;
  yield {
    rule: "numbering",
    line,
    cue: number,
    found: id === undefined ? "no number" : `number ${id}`,
    expected: `number ${number}`,
  };
}
