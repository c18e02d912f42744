/** An alignment as runs of one operation each. */

/** What makes the hypothesis of the reference. */
export type Operation = "equal" | "substitute" | "delete" | "insert";

export interface AlignedRun {
  readonly operation: Operation;
  /** In tokens, at least 1. */
  readonly length: number;
}

/** Collects an alignment from its beginning on; neighbours of one operation become one run. */
export class RunCollector {
  readonly runs: { operation: Operation; length: number }[] = [];

  add(operation: Operation, length: number): void {
    if (length === 0) return;
    const last = this.runs.at(-1);
    if (last?.operation === operation) last.length += length;
    else this.runs.push({ operation, length });
  }
}
