/** A subtitle file as it stands: cues with their places in it, and what is wrong with its form. */

/** What only a parser sees. */
export type FileRule =
  | "times"
  | "time-separator"
  | "numbering"
  | "order"
  | "blank-line"
  | "stray-text"
  | "empty-cue";

export interface FileFault {
  readonly rule: FileRule;
  /** From 1. */
  readonly line: number;
  /** The cue, counted from 1; undefined where it belongs to none. */
  readonly cue?: number;
  /** One line: what stands there. */
  readonly found: string;
  /** One line: what should. */
  readonly expected: string;
}

export interface FileCue {
  /** What names it in the file: a number in SRT, any text in VTT. */
  readonly id?: string;
  readonly startMs: number;
  /** May lie before the start: see the faults. */
  readonly endMs: number;
  /** Of the times, from 1. */
  readonly line: number;
  /** What stands behind the times: positions. */
  readonly settings: string;
  /** As they stand, with tags and references; blank ones are left out. */
  readonly lines: readonly string[];
  /** VTT: notes, styles and regions before it. */
  readonly notes?: readonly string[];
}

export interface SubtitleFile {
  readonly format: "srt" | "vtt";
  /** VTT: the first lines, up to an empty one. */
  readonly header: readonly string[];
  /** In the order of the file. */
  readonly cues: readonly FileCue[];
  /** VTT: notes after the last cue. */
  readonly trailer: readonly string[];
  readonly faults: readonly FileFault[];
}

/** Whether a fault leaves something unread: times that can't be told. */
export function isDamage({ rule }: FileFault): boolean {
  return rule === "times";
}
