/** Figures over recorded requests: how many at once, how many in a sliding window. */
import type { RequestRecord } from "./recorder.ts";

/** The most requests that were open at one moment. */
export function maxConcurrency(records: readonly RequestRecord[]): number {
  const steps = records.flatMap((record) => [
    { at: record.openedAt, change: 1 },
    ...(record.closedAt === undefined ? [] : [{ at: record.closedAt, change: -1 }]),
  ]);
  steps.sort((a, b) => a.at - b.at);
  let open = 0;
  let most = 0;
  for (const step of steps) {
    open += step.change;
    most = Math.max(most, open);
  }
  return most;
}

/** The most arrivals within any window of this length (its end not included). */
export function maxInWindow(records: readonly RequestRecord[], windowMs: number): number {
  const arrivals = records.map((record) => record.openedAtMs).sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, atMs] of arrivals.entries()) {
    while ((arrivals[first] ?? atMs) <= atMs - windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
