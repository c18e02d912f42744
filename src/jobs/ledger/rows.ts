/** The rows of a ledger, read and written by name. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { ledgerError } from "./ledger-error.ts";

export interface InputRow {
  readonly id: number;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly run: string | null;
  readonly version: number;
  readonly sizeBytes: number | null;
  readonly modifiedMs: number | null;
  readonly sha256: string | null;
  readonly settings: string | null;
  readonly endedMs: number | null;
}

export interface OutputRow {
  /** Below the output folder. */
  readonly path: string;
  readonly input: number;
  /** Of the input: absolute, or "-". */
  readonly inputPath: string;
  /** As `OutputFile` has it; "" for none. */
  readonly variant: string;
  /** Null while it is not written to its end, or where it is of older settings. */
  readonly sizeBytes: number | null;
}

const INPUT_COLUMNS =
  "id, state, run, version, size_bytes AS sizeBytes, modified_ms AS modifiedMs, sha256, settings, " +
  "ended_ms AS endedMs";

/** All methods throw AsrError kind "output" where the ledger can't be read or written. */
export class Rows {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #statements = new Map<string, StatementSync>();

  /** @param file the database's, for messages */
  constructor(database: DatabaseSync, file: string) {
    this.#database = database;
    this.#file = file;
  }

  /** One row of the shape that the statement asks for. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#try(() => this.#statement(sql).get(...values) as Row | undefined);
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#try(() => this.#statement(sql).all(...values) as Row[]);
  }

  /** @returns how many rows were changed */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#try(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** All of it or nothing; nobody else writes meanwhile. */
  together<Result>(act: () => Result): Result {
    this.run("BEGIN IMMEDIATE");
    try {
      const result = act();
      this.run("COMMIT");
      return result;
    } catch (error) {
      // Some failures of SQLite have rolled back already.
      if (this.#database.isTransaction) this.run("ROLLBACK");
      throw error;
    }
  }

  inputAt(path: string, outputName: string): InputRow | undefined {
    const where = "WHERE path = ? AND output_name = ?";
    return this.get<InputRow>(`SELECT ${INPUT_COLUMNS} FROM inputs ${where}`, path, outputName);
  }

  outputAt(path: string): OutputRow | undefined {
    return this.get<OutputRow>(
      `SELECT outputs.path, input, inputs.path AS inputPath, variant, outputs.size_bytes AS sizeBytes
       FROM outputs JOIN inputs ON outputs.input = inputs.id WHERE outputs.path = ?`,
      path,
    );
  }

  #try<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw ledgerError(this.#file, error);
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
