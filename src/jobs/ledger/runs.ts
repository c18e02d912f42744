/** The runs that work on a folder: this one's sign of life, and what dead ones have left. */
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../providers/contract.ts";
import { draftsOf } from "../outputs/draft-name.ts";
import { LEASE_MS, type ProcessIdentity, type ProcessTable } from "./process-identity.ts";
import type { Rows } from "./rows.ts";
import { type RunRow, runDoubtMs, runRows } from "./run-rows.ts";

/** Several signs of life within a lease: one that comes late must not cost it. */
const HEARTBEAT_MS = LEASE_MS / 4;

export interface RunSurroundings {
  /** Absolute. */
  readonly folder: string;
  /** Of this run; its drafts have it in their names. */
  readonly id: string;
  readonly clock: Clock;
  readonly self: ProcessIdentity;
  readonly processes: ProcessTable;
}

export class Runs {
  readonly startedMs: number;
  readonly #rows: Rows;
  readonly #surroundings: RunSurroundings;
  readonly #stopping = new AbortController();

  constructor(rows: Rows, surroundings: RunSurroundings) {
    this.#rows = rows;
    this.#surroundings = surroundings;
    this.startedMs = surroundings.clock.now();
  }

  /** Enters this run, and gives signs of life until `leave`. @param onFailure of a sign of life */
  enter(onFailure: (error: unknown) => void): void {
    const { clock } = this.#surroundings;
    const { signal } = this.#stopping;
    this.#beat();
    const beat = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(HEARTBEAT_MS, signal);
        this.#beat();
      }
    };
    beat().catch((error: unknown) => {
      if (!signal.aborted) onFailure(error);
    });
  }

  /** Whatever is still this run's is anybody's again. */
  leave(): void {
    this.#stopping.abort();
    this.#rows.together(() => this.#forget(this.#surroundings.id));
  }

  /**
   * A run that is not at work any more loses what it had, and its drafts.
   *
   * @returns undefined for such a one; else how long until its silence tells that it is: 0 where its
   *   process is there
   */
  async doubtMsOf(id: string): Promise<number | undefined> {
    if (id === this.#surroundings.id) return 0;
    const [run] = runRows(this.#rows, "WHERE id = ?", id);
    const doubtMs = run === undefined ? undefined : this.#doubtMs(run);
    if (doubtMs === undefined) await this.#bury(id);
    return doubtMs;
  }

  /** Takes from all dead runs what they had. */
  async buryTheDead(): Promise<void> {
    for (const run of runRows(this.#rows, "WHERE id <> ?", this.#surroundings.id)) {
      if (this.#doubtMs(run) === undefined) await this.#bury(run.id);
    }
  }

  /** Enters this run, and once more where another took it for dead. */
  #beat(): void {
    const { id, self, clock } = this.#surroundings;
    this.#rows.run(
      `INSERT INTO runs (id, pid, host, machine, process_start, started_ms, heartbeat_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET heartbeat_ms = excluded.heartbeat_ms`,
      id,
      self.pid,
      self.host,
      self.machine ?? null,
      self.processStart ?? null,
      this.startedMs,
      clock.now(),
    );
  }

  #doubtMs(run: RunRow): number | undefined {
    const { self, processes, clock } = this.#surroundings;
    return runDoubtMs(run, { self, processes, nowMs: clock.now() });
  }

  async #bury(id: string): Promise<void> {
    const { folder } = this.#surroundings;
    const outputs = this.#rows.all<{ path: string }>(
      `SELECT outputs.path FROM outputs JOIN inputs ON outputs.input = inputs.id
       WHERE inputs.run = ?`,
      id,
    );
    const folders = new Set(outputs.map((output) => path.dirname(path.join(folder, output.path))));
    // Drafts go first: once the rows are free nobody knows whose they were.
    for (const place of folders) await removeDrafts(place, id);
    this.#rows.together(() => this.#forget(id));
  }

  #forget(id: string): void {
    this.#rows.run(
      `UPDATE inputs SET state = 'waiting', run = NULL, version = version + 1
       WHERE run = ? AND state = 'running'`,
      id,
    );
    this.#rows.run("DELETE FROM runs WHERE id = ?", id);
  }
}

async function removeDrafts(folder: string, run: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of draftsOf(names, run)) await rm(path.join(folder, name), { force: true });
}
