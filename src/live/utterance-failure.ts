/** What becomes of a stream when one of its utterances fails for good. */
import { AsrError } from "../errors.ts";
import { clockTime } from "../transcript/time.ts";
import type { Interval, Warning } from "../transcript/transcript.ts";

/** Somebody spoke, and there is no text: a stream that tells of it was not silent. */
export const UTTERANCE_LOST = "utterance-lost";

/**
 * `stop`: the next would fail alike; `out-of-order`: so it may, unless it was a moment's trouble;
 * `lost`: this piece of audio was refused, and no other.
 */
export type FailureMeaning = "stop" | "out-of-order" | "lost";

export function meaningOf(thrown: unknown): FailureMeaning {
  if (!(thrown instanceof AsrError) || thrown.details.stopsBatch === true) return "stop";
  // A rate limit passes; no money does not, and says so (`stopsBatch`).
  if (thrown.kind === "network" || thrown.kind === "quota") return "out-of-order";
  return thrown.kind === "audio" || thrown.kind === "recognition" ? "lost" : "stop";
}

/** Whether two refusals have one cause, as far as codes can tell. */
export function isAlike(one: unknown, other: unknown): boolean {
  if (!(one instanceof AsrError) || !(other instanceof AsrError)) return false;
  return one.kind === other.kind && one.details.vendorCode === other.details.vendorCode;
}

/** Of what was still to be answered when the stream ended: names the place. */
export function unansweredWarning({ startMs, endMs }: Interval): Warning {
  const place = `from ${clockTime(startMs)} to ${clockTime(endMs)}`;
  return {
    code: UTTERANCE_LOST,
    message: `what was said ${place} is lost: recognition ended before it was answered`,
  };
}

/** Names the place and the reason. */
export function lostWarning({ startMs, endMs }: Interval, thrown: unknown): Warning {
  const reason = thrown instanceof AsrError ? thrown.details.reason : undefined;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const why = reason === undefined ? said : `${said} (${reason})`;
  return {
    code: UTTERANCE_LOST,
    message: `what was said from ${clockTime(startMs)} to ${clockTime(endMs)} is lost: ${why}`,
  };
}
