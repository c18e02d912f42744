/** What a case came to. */
import type { RateName } from "../scoring/rates.ts";
import type { DifferenceLine } from "./line-difference.ts";

/** What is wrong with a case; stable names for programs. */
export type ProblemCode =
  /** It was not recognised: no recorded answer, no recording, a vendor's refusal. */
  | "recognition"
  /** The recording of the vendor's answers is damaged, or says too little. */
  | "cassette"
  /** Recorded answers that nobody asked for. */
  | "unused"
  /** There is nothing to compare with. */
  | "no-expectation"
  | "difference"
  | "times"
  | "threshold";

export interface Problem {
  readonly code: ProblemCode;
  /** One line, lower case. */
  readonly message: string;
  readonly reason?: string;
  readonly hint?: string;
  /** The expectation that it is about. */
  readonly file?: string;
  readonly difference?: readonly DifferenceLine[];
}

export interface RateResult {
  /** Null: what was said is empty. */
  readonly rate: number | null;
  readonly limit: number;
}

/** `error`: nothing could be compared. */
export type CaseStatus = "passed" | "updated" | "failed" | "error";

export interface CaseResult {
  readonly name: string;
  /** Undefined where it was not found out. */
  readonly provider?: string;
  readonly tags: readonly string[];
  readonly status: CaseStatus;
  readonly durationMs: number;
  readonly problems: readonly Problem[];
  readonly rates: Partial<Readonly<Record<RateName, RateResult>>>;
  /** Expectations that were written anew, with what changed in them. */
  readonly updated: readonly UpdatedFile[];
}

export interface UpdatedFile {
  readonly file: string;
  /** Undefined: it was not there. */
  readonly difference?: readonly DifferenceLine[];
}

export function isPassed({ status }: Pick<CaseResult, "status">): boolean {
  return status === "passed" || status === "updated";
}
