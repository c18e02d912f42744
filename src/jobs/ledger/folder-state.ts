/** How an output folder stands: sums over its inputs, the runs at work, and what failed. */

import { BILLED, STATE } from "./input-pages.ts";
import type { InputState } from "./ledger-input.ts";
import type { Rows } from "./rows.ts";
import type { RunRow } from "./run-rows.ts";

export interface Sums {
  readonly inputs: number;
  readonly tries: number;
  /** Of recordings that were recognised. */
  readonly audioMs: number;
  readonly billedMs: number;
}

/** Inputs of one provider, or with one tag, that stand alike. */
export interface StateSums extends Sums {
  /** Of the provider; the tag. */
  readonly name: string;
  readonly state: InputState;
}

/** A run that is at work. */
export interface LiveRun {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  /** Inputs that it works on now. */
  readonly inputs: number;
}

/** Inputs that failed alike. */
export interface ErrorGroup {
  /** Names the group, for `InputFilter`. */
  readonly group: string;
  readonly inputs: number;
  readonly kind: string;
  readonly vendorCode: string | number | undefined;
  /** What failed and why, in a line that holds for all of them. */
  readonly title: string;
  /** For one of them. */
  readonly hint: string | undefined;
}

export interface FolderState {
  readonly providers: readonly StateSums[];
  readonly tags: readonly StateSums[];
  readonly runs: readonly LiveRun[];
  /** The largest group first. */
  readonly errors: readonly ErrorGroup[];
}

/** @param living the runs that are alive */
export function folderState(rows: Rows, living: readonly RunRow[]): FolderState {
  const alive = JSON.stringify(living.map(({ id }) => id));
  return {
    providers: rows.all<StateSums>(
      `SELECT provider AS name, ${STATE} AS state, ${SUMS} FROM inputs
       GROUP BY 1, 2 ORDER BY 1, 2`,
      alive,
    ),
    tags: rows.all<StateSums>(
      `SELECT tag.value AS name, ${STATE} AS state, ${SUMS}
       FROM inputs, json_each(inputs.own, '$.tags') AS tag GROUP BY 1, 2 ORDER BY 1, 2`,
      alive,
    ),
    runs: living.map(({ id, startedMs, process: { pid, host } }) => ({
      pid,
      host,
      startedMs,
      inputs: workOf(rows, id),
    })),
    errors: errorGroups(rows),
  };
}

const SUMS = `count(*) AS inputs, sum(tries) AS tries, sum(coalesce(duration_ms, 0)) AS audioMs,
  sum(${BILLED}) AS billedMs`;

function workOf(rows: Rows, run: string): number {
  const sql = "SELECT count(*) AS inputs FROM inputs WHERE run = ? AND state = 'running'";
  return rows.get<{ inputs: number }>(sql, run)?.inputs ?? 0;
}

function errorGroups(rows: Rows): ErrorGroup[] {
  const found = rows.all<ErrorGroup & { vendorCode: string | number | null; hint: string | null }>(
    `SELECT groups.error_group AS "group", inputs, error_kind AS kind, vendor_code AS vendorCode,
     error_title AS title, error_hint AS hint
     FROM (SELECT error_group, count(*) AS inputs, min(id) AS first FROM inputs
       WHERE state = 'failed' GROUP BY error_group) AS groups
     JOIN inputs ON inputs.id = groups.first ORDER BY inputs DESC, first`,
  );
  return found.map(({ vendorCode, hint, ...group }) => ({
    ...group,
    vendorCode: vendorCode ?? undefined,
    hint: hint ?? undefined,
  }));
}
