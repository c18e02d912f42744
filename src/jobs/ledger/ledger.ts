/**
 * The ledger of an output folder: which inputs are done, whose they are, and what was answered.
 * Several runs on one folder share it and the work.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../providers/contract.ts";
import type { Input } from "../inputs/input.ts";
import type { OutputFile } from "../outputs/output-plan.ts";
import { ledgerFile, openDatabase } from "./database.ts";
import { enterInput, enterOrder, pathOf } from "./enter.ts";
import { LedgerEntry, relativeTo } from "./entry.ts";
import { factsOf, sizeOf } from "./file-facts.ts";
import { ledgerError } from "./ledger-error.ts";
import { LogSync } from "./log-sync.ts";
import type { Order } from "./order.ts";
import { areAllThere, correctedSince, inTheWay, lookOf, type OutputLook } from "./output-look.ts";
import {
  ownIdentity,
  type ProcessIdentity,
  type ProcessTable,
  systemProcesses,
} from "./process-identity.ts";
import { type InputRow, Rows } from "./rows.ts";
import { Runs } from "./runs.ts";
import { type FileFacts, isAway, standingOf } from "./standing.ts";

export type { LedgerEntry } from "./entry.ts";

export interface LedgerRequest {
  /** The output folder, absolute. */
  readonly folder: string;
  /** Random hex; drafts of this run have it in their names. */
  readonly run: string;
  readonly force: boolean;
  /** What this run was asked for. */
  readonly order: Order;
  /** Id of the provider that is to recognise an input. */
  readonly providerOf: (input: Input) => string;
  /** Values of credentials: none of them is written down. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** For tests: who this is, and whom it sees. */
  readonly self?: ProcessIdentity;
  readonly processes?: ProcessTable;
}

export interface ClaimRequest {
  readonly outputs: readonly OutputFile[];
  /** Hash of what changes the result. */
  readonly settings: string;
  /** SHA-256 of the input's bytes; asked for only where its time alone has changed. */
  readonly sha256: () => Promise<string>;
}

interface TakeRequest extends ClaimRequest {
  readonly file: FileFacts;
  /** Whether its results may be put where they belong. */
  readonly ownsOutputs: boolean;
}

/**
 * - `elsewhere`: another run works on it. Where nobody can look whether that is still there,
 *   `doubtMs` is how long until its silence tells; else 0.
 * - `missing`: its file can't be looked at; what was done of it before is still known
 */
export type Claim =
  | { readonly state: "done" | "missing" }
  | { readonly state: "elsewhere"; readonly doubtMs: number }
  | { readonly state: "ours"; readonly entry: LedgerEntry };

/** Rows in one transaction while a run's inputs are entered: others wait for so long. */
const ENTERED_AT_ONCE = 5000;

/** @throws AsrError kind "output" where there can be no ledger, "usage" for a newer one. */
export async function openLedger(request: LedgerRequest): Promise<Ledger> {
  const database = await openDatabase(request.folder, request.platform);
  const ledger = new Ledger(database, request);
  try {
    await ledger.enter();
    return ledger;
  } catch (error) {
    database.close();
    throw ledgerError(ledgerFile(request.folder), error);
  }
}

export class Ledger {
  readonly #database: DatabaseSync;
  readonly #request: LedgerRequest;
  readonly #rows: Rows;
  readonly #runs: Runs;
  readonly #log: LogSync;
  /** Row of this run's order. */
  #order = 0;
  /** What ended earlier is done again where that is forced. */
  #startedMs = 0;
  /** Of a sign of life; told with the next claim. */
  #failure: unknown;

  constructor(database: DatabaseSync, request: LedgerRequest) {
    const { folder, run, clock, self, processes } = request;
    this.#database = database;
    this.#request = request;
    this.#log = new LogSync(ledgerFile(folder));
    this.#rows = new Rows(database, ledgerFile(folder));
    this.#runs = new Runs(this.#rows, {
      folder,
      id: run,
      clock,
      self: self ?? ownIdentity(),
      processes: processes ?? systemProcesses,
    });
  }

  async enter(): Promise<void> {
    this.#runs.enter((error) => {
      this.#failure = error;
    });
    await this.#runs.buryTheDead();
    this.#order = enterOrder(this.#rows, this.#request.order, this.#request.secrets);
    this.#startedMs = this.#afterAllBefore();
  }

  /** Enters what is to be done, so that the folder tells of it before its turn comes. */
  plan(inputs: readonly Input[]): void {
    for (let first = 0; first < inputs.length; first += ENTERED_AT_ONCE) {
      this.#rows.together(() => {
        for (const input of inputs.slice(first, first + ENTERED_AT_ONCE)) this.#enter(input);
      });
    }
  }

  /**
   * Asks for an input: it is done, somebody else's, or from now on this run's.
   *
   * @throws AsrError kind "output" where a file is in the way that is not asr's own.
   */
  async claim(input: Input, request: ClaimRequest): Promise<Claim> {
    const { force, folder, secrets, clock, run } = this.#request;
    const { outputs, settings } = request;
    for (;;) {
      if (this.#failure !== undefined) throw ledgerError(ledgerFile(folder), this.#failure);
      const file = await factsOf(input);
      const row = this.#rowOf(input) ?? this.#add(input);
      // A disk that is not there tonight must not cost what was done and paid for before.
      if (isAway(row, file)) return { state: "missing" };
      const looks = await this.#lookAt(row, outputs);
      const obstacle = inTheWay(looks);
      if (obstacle !== undefined && row.state === "done") throw obstacle;
      const standing = standingOf(row, {
        file,
        settings,
        hasOutputs: areAllThere(looks),
        force,
        runStartedMs: this.#startedMs,
      });
      if (standing === "done") return { state: "done" };
      if (standing === "held") {
        const doubtMs = row.run === null ? undefined : await this.#runs.doubtMsOf(row.run);
        if (doubtMs !== undefined) return { state: "elsewhere", doubtMs };
        if (row.run === null) this.#free(row);
        continue;
      }
      if (standing === "touched" && (await request.sha256()) === row.sha256) {
        if (this.#confirm(row, file)) return { state: "done" };
        continue;
      }
      const corrected = force ? undefined : correctedSince(looks);
      if (corrected !== undefined) throw corrected;
      const ownsOutputs = obstacle === undefined;
      if (!this.#take(input, row, { ...request, file, ownsOutputs })) continue;
      const entry = new LedgerEntry({
        rows: this.#rows,
        id: row.id,
        input,
        run,
        folder,
        outputs,
        secrets,
        now: () => Math.max(clock.now(), this.#startedMs),
        onSaved: () => this.#log.request(),
      });
      if (obstacle === undefined) return { state: "ours", entry };
      entry.failed(obstacle);
      throw obstacle;
    }
  }

  /** Gives back what is still this run's. */
  async close(): Promise<void> {
    if (!this.#database.isOpen) return;
    try {
      await this.#log.close();
      this.#runs.leave();
    } catch {
      // Whoever comes next finds this run dead, and takes what it had.
    } finally {
      this.#database.close();
    }
  }

  /** This run's start; later than all that has ended, though the clock may have been set back. */
  #afterAllBefore(): number {
    const { startedMs } = this.#runs;
    if (!this.#request.force) return startedMs;
    const last = this.#rows.get<{ endedMs: number | null }>(
      "SELECT max(ended_ms) AS endedMs FROM inputs",
    );
    return Math.max(startedMs, (last?.endedMs ?? -1) + 1);
  }

  #rowOf(input: Input): InputRow | undefined {
    return this.#rows.inputAt(pathOf(input), input.own?.output ?? "");
  }

  #enter(input: Input): void {
    enterInput(this.#rows, input, {
      order: this.#order,
      provider: this.#request.providerOf(input),
    });
  }

  #add(input: Input): InputRow {
    this.#enter(input);
    const row = this.#rowOf(input);
    if (row === undefined) throw new Error(`${input.name}: a row that was just written is gone`);
    return row;
  }

  /** @returns whether nobody was quicker */
  #take(input: Input, row: InputRow, request: TakeRequest): boolean {
    const { settings, outputs, file, ownsOutputs } = request;
    const { run, clock, folder, force, providerOf } = this.#request;
    return this.#rows.together(() => {
      const taken = this.#rows.get(
        `UPDATE inputs SET state = 'running', run = ?, version = version + 1, tries = tries + 1,
         provider = ?, settings = ?, size_bytes = ?, modified_ms = ?, started_ms = ?,
         ended_ms = NULL, error_group = NULL, error_title = NULL, error_kind = NULL,
         error_message = NULL, error_reason = NULL, error_hint = NULL, error_provider = NULL,
         error_request_id = NULL, error_retryable = NULL, vendor_code = NULL, request_ids = NULL,
         billed_ms = NULL, duration_ms = NULL WHERE id = ? AND version = ? RETURNING id`,
        run,
        providerOf(input),
        settings,
        file.sizeBytes,
        file.modifiedMs,
        clock.now(),
        row.id,
        row.version,
      );
      if (taken === undefined) return false;
      // Answers are good for the same settings, and not where the user wants new ones.
      const isAnew = row.settings !== settings || (force && row.state === "done");
      if (isAnew) this.#rows.run("DELETE FROM parts WHERE input = ?", row.id);
      // What is not written again is of older settings from now on.
      this.#rows.run("UPDATE outputs SET size_bytes = NULL WHERE input = ?", row.id);
      for (const { path, format, variant = "" } of ownsOutputs ? outputs : []) {
        this.#rows.run(
          `INSERT INTO outputs (path, input, format, variant) VALUES (?, ?, ?, ?)
           ON CONFLICT (path) DO UPDATE SET input = excluded.input, format = excluded.format,
           variant = excluded.variant`,
          relativeTo(folder, path),
          row.id,
          format,
          variant,
        );
      }
      return true;
    });
  }

  /** Of an owner that did not even leave its name. */
  #free(row: InputRow): void {
    this.#rows.run(
      "UPDATE inputs SET state = 'waiting', version = version + 1 WHERE id = ? AND version = ?",
      row.id,
      row.version,
    );
  }

  /** Its content is the same: so is its result. @returns whether nobody was quicker */
  #confirm(row: InputRow, { modifiedMs }: FileFacts): boolean {
    return (
      this.#rows.run(
        `UPDATE inputs SET modified_ms = ?, version = version + 1 WHERE id = ? AND version = ?`,
        modifiedMs,
        row.id,
        row.version,
      ) > 0
    );
  }

  /** One look at each output; not at those that change nothing about the claim. */
  async #lookAt(row: InputRow, outputs: readonly OutputFile[]): Promise<OutputLook[]> {
    const { folder, force } = this.#request;
    const looks: OutputLook[] = [];
    for (const { path, variant = "" } of outputs) {
      const known = this.#rows.outputAt(relativeTo(folder, path));
      // What is this input's own is written over unless it is done; what is not, where that is forced.
      const matters = known?.input === row.id ? row.state === "done" : !force;
      const sizeBytes = matters ? await sizeOf(path) : undefined;
      looks.push(lookOf({ path, variant, input: row.id, known, sizeBytes }));
    }
    return looks;
  }
}
