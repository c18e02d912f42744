/** The runs that a ledger knows of, and which of them are alive. */
import { doubtMsOf, type ProcessIdentity, type ProcessTable } from "./process-identity.ts";
import type { Rows } from "./rows.ts";

export interface RunRow {
  readonly id: string;
  readonly process: ProcessIdentity;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  readonly heartbeatMs: number;
}

export interface Observer {
  readonly self: ProcessIdentity;
  readonly processes: ProcessTable;
  readonly nowMs: number;
}

interface StoredRun extends Omit<RunRow, "process"> {
  readonly pid: number;
  readonly host: string;
  readonly machine: string | null;
  readonly processStart: string | null;
}

/** @param where a clause of SQL, for `values` */
export function runRows(rows: Rows, where: string, ...values: string[]): RunRow[] {
  const stored = rows.all<StoredRun>(
    `SELECT id, pid, host, machine, process_start AS processStart, started_ms AS startedMs,
     heartbeat_ms AS heartbeatMs FROM runs ${where}`,
    ...values,
  );
  return stored.map(({ id, startedMs, heartbeatMs, pid, host, machine, processStart }) => ({
    id,
    startedMs,
    heartbeatMs,
    process: {
      pid,
      host,
      machine: machine ?? undefined,
      processStart: processStart ?? undefined,
    },
  }));
}

/** As {@link doubtMsOf}: undefined for a run that is dead. */
export function runDoubtMs(run: RunRow, { self, processes, nowMs }: Observer): number | undefined {
  return doubtMsOf(run.process, nowMs - run.heartbeatMs, self, processes);
}

export function isRunAlive(run: RunRow, observer: Observer): boolean {
  return runDoubtMs(run, observer) !== undefined;
}
