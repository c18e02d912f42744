/** Opens the database of a ledger to look at: nothing is made or changed there. */
import { statSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { AsrError, systemCode, usageError } from "../../errors.ts";
import { BUSY_TIMEOUT_MS, ledgerFile, versionOf } from "./database.ts";
import { ledgerError } from "./ledger-error.ts";
import { networkKind } from "./network-folder.ts";
import { Rows } from "./rows.ts";
import { loadSqlite } from "./sqlite.ts";

const UNREADABLE = "check the folder, its permissions and its disk";

/**
 * @param folder absolute
 * @throws AsrError kind "usage" for a folder without a ledger, or a newer one; "output" for one
 *   that can't be read.
 */
export async function openToRead(folder: string, platform: NodeJS.Platform): Promise<ReadDatabase> {
  const file = ledgerFile(folder);
  try {
    await access(file, constants.R_OK);
    const kind = await networkKind(folder, platform);
    if (kind !== undefined && isInUse(file)) throw readElsewhere(folder, kind);
    const database = new ReadDatabase(file, (await loadSqlite()).DatabaseSync);
    // A run that begins has made the file, and no tables yet.
    if (database.read((rows) => versionIn(rows)) > 0) return database;
    database.close();
  } catch (error) {
    const code = systemCode(error);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw ledgerError(file, error, UNREADABLE);
  }
  throw usageError(
    `there is no ledger in ${folder}`,
    "name the folder that a batch writes into: asr transcribe … -o FOLDER makes a ledger there",
  );
}

/** Its log is in memory that runs share, on the machine that they are on. */
function readElsewhere(folder: string, kind: string): AsrError {
  return new AsrError("output", `can't read the ledger in ${folder}`, {
    reason: `a run is at work on it on another machine (${kind})`,
    hint: "ask on that machine, or when the run has ended",
  });
}

type DatabaseClass = new (
  file: URL,
  options: { readonly readOnly: true; readonly timeout: number },
) => DatabaseSync;

interface Opened {
  readonly database: DatabaseSync;
  readonly rows: Rows;
  /** The file as it is while nobody changes it; undefined where a log tells of changes. */
  readonly still: string | undefined;
}

export class ReadDatabase {
  readonly #file: string;
  readonly #Database: DatabaseClass;
  #opened: Opened | undefined;

  constructor(file: string, Database: DatabaseClass) {
    this.#file = file;
    this.#Database = Database;
  }

  /**
   * @param read finds the ledger as it is at one moment; may be called again, where a run began
   *   meanwhile
   * @throws AsrError kind "output" or "usage" as `openToRead`
   */
  read<Result>(read: (rows: Rows) => Result): Result {
    for (;;) {
      const still = stillness(this.#file);
      try {
        this.#opened ??= this.#open(still);
        const { database, rows } = this.#opened;
        database.exec("BEGIN");
        const result = read(rows);
        database.exec("COMMIT");
        if (this.#isWhole()) return result;
        this.close();
      } catch (error) {
        const isWhole = this.#isWhole();
        this.close();
        if (isWhole) throw ledgerError(this.#file, error, UNREADABLE);
      }
    }
  }

  close(): void {
    this.#opened?.database.close();
    this.#opened = undefined;
  }

  /**
   * Whoever reads a database with a log makes the log's files where they are missing, and can't take
   * them away again. Where there is no log, all is in the file (SQLite, "immutable").
   */
  #open(still: string | undefined): Opened {
    const place = pathToFileURL(this.#file);
    if (still !== undefined) place.searchParams.set("immutable", "1");
    const database = new this.#Database(place, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    try {
      versionOf(database, this.#file);
    } catch (error) {
      database.close();
      throw error;
    }
    return { database, rows: new Rows(database, this.#file), still };
  }

  /** Whether nobody has changed what was taken for still. */
  #isWhole(): boolean {
    const still = this.#opened?.still;
    return still === undefined || still === stillness(this.#file);
  }
}

/** What tells that the file has changed; undefined while a run has it open, or where one was killed. */
function stillness(file: string): string | undefined {
  if (isInUse(file)) return undefined;
  const { size, mtimeMs, ino } = statSync(file);
  return `${size} ${mtimeMs} ${ino}`;
}

/** A log without bytes and without its index is what is left where nothing was written. */
function isInUse(file: string): boolean {
  const sizeOf = (name: string) => statSync(name, { throwIfNoEntry: false })?.size;
  return (sizeOf(`${file}-wal`) ?? 0) > 0 || sizeOf(`${file}-shm`) !== undefined;
}

function versionIn(rows: Rows): number {
  return rows.get<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
}
