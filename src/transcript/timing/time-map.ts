/**
 * Times of what was sent and times of the recording: stretches of the recording lie end to end
 * in a part, with what was left out between them gone.
 */
import type { Interval } from "../transcript.ts";

/** From the time of the part, in milliseconds from its first sample, to that of the recording. */
export interface TimeMap {
  /** How long the stretches are together. */
  readonly lengthMs: number;
  /** Where something begins: at a seam, in the later stretch. Clamped to the part. */
  startAt(partMs: number): number;
  /** Where something ends: at a seam, in the earlier stretch. Clamped to the part. */
  endAt(partMs: number): number;
  /**
   * From beginning to end, over what was left out between.
   *
   * @param silenceMs how much of a stretch is silence on either side of a seam (default 0). What
   *   begins in it and goes on behind the seam begins there, what ends in it ends before the seam:
   *   else all the silence that was left out would come with it.
   */
  interval(partInterval: Interval, silenceMs?: number): Interval;
  /** The same without what was left out: one interval for each stretch that it touches. */
  stretches(partInterval: Interval): Interval[];
}

interface Stretch extends Interval {
  /** Where it begins in the part. */
  readonly offsetMs: number;
}

/** @param pieces in order; none empty, none overlapping */
export function createTimeMap(pieces: readonly Interval[]): TimeMap {
  const laid: Stretch[] = [];
  let lengthMs = 0;
  for (const { startMs, endMs } of pieces) {
    laid.push({ startMs, endMs, offsetMs: lengthMs });
    lengthMs += endMs - startMs;
  }

  /** The last stretch that begins before `partMs`, or at it. */
  function stretchIndex(partMs: number, atSeam: "later" | "earlier"): number {
    let low = 0;
    let high = laid.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const offsetMs = laid[middle]?.offsetMs ?? 0;
      if (atSeam === "later" ? offsetMs <= partMs : offsetMs < partMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function at(partMs: number, atSeam: "later" | "earlier"): number {
    const clampedMs = Math.min(Math.max(0, partMs), lengthMs);
    const stretch = laid[stretchIndex(clampedMs, atSeam)];
    return stretch === undefined ? 0 : stretch.startMs + clampedMs - stretch.offsetMs;
  }

  const startAt = (partMs: number): number => at(partMs, "later");
  const endAt = (partMs: number): number => at(partMs, "earlier");

  /** Without the silence around seams, where something crosses one. */
  function besidesSeams({ startMs, endMs }: Interval, silenceMs: number): Interval {
    const first = stretchIndex(startMs, "later");
    const last = stretchIndex(endMs, "earlier");
    const behindMs = laid[first + 1]?.offsetMs ?? lengthMs;
    const startsLate = first < last && behindMs - startMs <= silenceMs;
    const fromMs = startsLate ? behindMs : startMs;
    const beforeMs = laid[last]?.offsetMs ?? 0;
    const endsEarly = beforeMs > fromMs && endMs - beforeMs <= silenceMs;
    return { startMs: fromMs, endMs: endsEarly ? beforeMs : endMs };
  }

  return {
    lengthMs,
    startAt,
    endAt,
    interval(partInterval, silenceMs = 0) {
      const { startMs, endMs } = besidesSeams(partInterval, silenceMs);
      const fromMs = startAt(startMs);
      return { startMs: fromMs, endMs: Math.max(fromMs, endAt(endMs)) };
    },
    stretches({ startMs, endMs }) {
      const found: Interval[] = [];
      for (let index = stretchIndex(startMs, "later"); index < laid.length; index++) {
        const stretch = laid[index];
        if (stretch === undefined || stretch.offsetMs >= endMs) break;
        const shiftMs = stretch.startMs - stretch.offsetMs;
        const fromMs = Math.max(stretch.startMs, startMs + shiftMs);
        const toMs = Math.min(stretch.endMs, endMs + shiftMs);
        if (toMs > fromMs) found.push({ startMs: fromMs, endMs: toMs });
      }
      return found;
    },
  };
}
