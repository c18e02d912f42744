/** A rule that a subtitle file breaks. */
import type { RuleId, Severity } from "../../subtitles/rules.ts";
import type { FileRule } from "../reading/subtitle-file.ts";

/** Of the bytes, which nothing but the bytes tell. */
export type ByteRule = "encoding" | "byte-order-mark";

/** Of a file's cues, its form and its bytes. */
export type LintRule = RuleId | FileRule | ByteRule;

export interface LintFinding {
  readonly rule: LintRule;
  readonly severity: Severity;
  /** In the file, from 1. */
  readonly line: number;
  /** Counted in the file from 1; undefined where the fault belongs to no cue. */
  readonly cue?: number;
  /** Start of the cue. */
  readonly atMs?: number;
  /** A quantity in `unit`, or what was found in words. */
  readonly measured?: number | string;
  /** In `unit`, or what should stand there in words. */
  readonly limit?: number | string;
  /** "ms", "characters", …; empty where it is not a quantity. */
  readonly unit: string;
  /** What the rule asks for, one line. */
  readonly title: string;
}
