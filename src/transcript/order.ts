import type { Segment } from "./transcript.ts";

/** Segments by start; those that start together stay as they came. */
export function sortSegments(segments: readonly Segment[]): Segment[] {
  return segments.toSorted((a, b) => a.startMs - b.startMs);
}
