/** Reads WebVTT (W3C, "WebVTT file parsing"), keeping what a strict reader would drop. */
import { type CueTimes, cueTimesOf, looksLikeTimes } from "./cue-times.ts";
import { isBlank, linesOf } from "./lines.ts";
import type { FileCue, FileFault, SubtitleFile } from "./subtitle-file.ts";
import { timeFaults } from "./time-faults.ts";

const SIGNATURE = /^WEBVTT(?:[ \t]|$)/;
const NO_CUE = /^(?:NOTE|STYLE|REGION)(?:\s|$)/;

export function looksLikeVtt(text: string): boolean {
  return SIGNATURE.test(linesOf(text)[0] ?? "");
}

export function readVtt(text: string): SubtitleFile {
  const blocks = blocksOf(linesOf(text));
  const cues: FileCue[] = [];
  const faults: FileFault[] = [];
  let header: readonly string[] = [];
  let notes: readonly string[] = [];
  for (const block of blocks) {
    const [first = ""] = block.lines;
    const times = cueTimesOf(first) ?? cueTimesOf(block.lines[1] ?? "");
    if (times !== undefined) {
      const { cue, found } = cueOf(block, times, cues);
      cues.push(notes.length === 0 ? cue : { ...cue, notes });
      notes = [];
      faults.push(...found);
    } else if (looksLikeTimes(first, false) || looksLikeTimes(block.lines[1] ?? "", false)) {
      faults.push(unreadable(block));
    } else if (block.line === 1) header = block.lines;
    else if (NO_CUE.test(first)) notes = [...notes, ...block.lines, ""];
    else faults.push(...orphan(block, cues));
  }
  return { format: "vtt", header, cues, trailer: notes, faults };
}

/** Lines between empty ones; a line of times begins a block too. */
interface Block {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly lines: string[];
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let current: Block | undefined;
  for (const [at, line] of lines.entries()) {
    if (isBlank(line)) {
      current = undefined;
      continue;
    }
    // W3C, "collect a WebVTT block": an arrow ends the cue before it, empty line or not.
    const beginsCue = cueTimesOf(line) !== undefined;
    const hasTimes = current?.lines.some((earlier) => cueTimesOf(earlier) !== undefined) ?? false;
    const isSignature = current?.line === 1 && current.lines.length === 1;
    if (current === undefined || (beginsCue && (hasTimes || isSignature))) {
      current = { line: at + 1, lines: [] };
      blocks.push(current);
    }
    current.lines.push(line);
  }
  return blocks;
}

function cueOf(block: Block, times: CueTimes, earlier: readonly FileCue[]) {
  const [first = ""] = block.lines;
  const skipped = cueTimesOf(first) === undefined ? 1 : 0;
  const cue: FileCue = {
    ...(skipped === 0 ? {} : { id: first.trim() }),
    startMs: times.startMs,
    endMs: times.endMs,
    settings: times.settings,
    line: block.line + skipped,
    lines: block.lines.slice(skipped + 1),
  };
  const place = { line: cue.line, cue: earlier.length + 1 };
  const found: FileFault[] = [...timeFaults(times, earlier.at(-1), ".", place)];
  if (cue.lines.length === 0) {
    found.push({ ...place, rule: "empty-cue", found: "no text", expected: "a line of text" });
  }
  return { cue, found };
}

/** Text after an empty line inside a cue: players drop it, a reader of transcripts does not. */
function orphan({ line, lines }: Block, cues: FileCue[]): FileFault[] {
  const last = cues.at(-1);
  if (last === undefined) {
    const found = lines[0]?.trim() ?? "";
    return [{ rule: "stray-text", line, found, expected: "a cue's times" }];
  }
  cues[cues.length - 1] = { ...last, lines: [...last.lines, ...lines] };
  return [
    {
      rule: "blank-line",
      line: line - 1,
      cue: cues.length,
      found: "an empty line inside the cue",
      expected: "none: players drop what comes after it",
    },
  ];
}

function unreadable({ line, lines }: Block): FileFault {
  const at = looksLikeTimes(lines[0] ?? "", false) ? 0 : 1;
  return {
    rule: "times",
    line: line + at,
    found: lines[at]?.trim() ?? "",
    expected: "00:00:01.000 --> 00:00:02.000",
  };
}
