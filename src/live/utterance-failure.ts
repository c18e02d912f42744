/** What becomes of a stream when one of its utterances fails for good. */
import { AsrError } from "../errors.ts";
import type { Interval, Warning } from "../transcript/transcript.ts";

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

/** Names the place and the reason. */
export function lostWarning({ startMs, endMs }: Interval, thrown: unknown): Warning {
  const reason = thrown instanceof AsrError ? thrown.details.reason : undefined;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const why = reason === undefined ? said : `${said} (${reason})`;
  return {
    code: "utterance-lost",
    message: `what was said from ${clockTime(startMs)} to ${clockTime(endMs)} is lost: ${why}`,
  };
}

/** Hours, minutes and seconds: 0:29:55.2; utterances are short. */
function clockTime(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const padded = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(tenths / 600);
  const seconds = `${padded(Math.floor(tenths / 10) % 60)}.${tenths % 10}`;
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${seconds}`;
}
