import { speechWeight } from "../../transcript/timing/speech-weight.ts";
import type { Interval } from "../../transcript/transcript.ts";

interface Said extends Interval {
  readonly text: string;
}

/**
 * When the later of two segments of one voice begins: when it says so, unless that takes away more
 * than half of the earlier one. Nobody says two things at once: then they share the time of both
 * by how long their texts take to say.
 */
export function boundary(earlier: Said, later: Said): number {
  const lostMs = earlier.endMs - later.startMs;
  const lengthMs = earlier.endMs - earlier.startMs;
  if (lostMs <= 0 || lostMs * 2 <= lengthMs) return later.startMs;
  const weight = speechWeight(earlier.text);
  const share = weight / (weight + speechWeight(later.text));
  const endMs = Math.max(earlier.endMs, later.endMs);
  return Math.max(later.startMs, Math.round(earlier.startMs + (endMs - earlier.startMs) * share));
}
