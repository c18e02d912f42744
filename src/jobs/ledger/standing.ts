/** How an input stands by its row. Pure. */
import type { InputRow } from "./rows.ts";

/** What is known of an input's file before it is read; nulls where it is none. */
export interface FileFacts {
  readonly sizeBytes: number | null;
  readonly modifiedMs: number | null;
}

export interface StandingQuestion {
  readonly file: FileFacts;
  /** Hash of what changes the result. */
  readonly settings: string;
  /** Whether all its results are where they were put. */
  readonly hasOutputs: boolean;
  /** What was done before this run began is done again. */
  readonly force: boolean;
  readonly runStartedMs: number;
}

/**
 * - `done`: same size, time and settings, with its output still there
 * - `touched`: the same but for its time; its content will tell
 * - `held`: somebody works on it, or was working on it
 * - `open`: it is to be done
 */
export type Standing = "done" | "touched" | "held" | "open";

export function standingOf(row: InputRow, question: StandingQuestion): Standing {
  const { file, settings, hasOutputs, force, runStartedMs } = question;
  if (row.state === "running") return "held";
  if (row.state !== "done" || !hasOutputs || row.settings !== settings) return "open";
  // A pipe can't be known again.
  if (file.sizeBytes === null || row.sizeBytes !== file.sizeBytes) return "open";
  if (force && (row.endedMs ?? 0) < runStartedMs) return "open";
  return row.modifiedMs === file.modifiedMs ? "done" : "touched";
}

/** Whether it was done from a file that is none now. */
export function isAway(row: InputRow, { sizeBytes }: FileFacts): boolean {
  return row.state === "done" && row.sizeBytes !== null && sizeBytes === null;
}
