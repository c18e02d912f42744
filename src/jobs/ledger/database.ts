/** Opens the database of a ledger: private, with a write-ahead log, in the tables of today. */
import { lstat, mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { AsrError, systemCode, usageError } from "../../errors.ts";
import { ledgerError } from "./ledger-error.ts";
import { networkKind } from "./network-folder.ts";
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from "./schema.ts";
import { loadSqlite } from "./sqlite.ts";

const LEDGER_NAME = ".asr-ledger.sqlite";

/** @param folder the output folder */
export function ledgerFile(folder: string): string {
  return path.join(folder, LEDGER_NAME);
}

/** Another run's longest write, the planning of 100 000 inputs, takes a tenth of that. */
export const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the ledger of an output folder; makes both where they are missing.
 *
 * Synchronous NORMAL: a killed process loses nothing; after a power cut what is there is whole
 * (SQLite, "PRAGMA synchronous"). A `LogSync` sees to it that little is missing.
 *
 * @param folder absolute
 * @throws AsrError kind "output" for a folder that can't hold a ledger, or a damaged one; "usage"
 *   for a newer one.
 */
export async function openDatabase(
  folder: string,
  platform: NodeJS.Platform,
): Promise<DatabaseSync> {
  const file = ledgerFile(folder);
  let database: DatabaseSync | undefined;
  try {
    await mkdir(folder, { recursive: true });
    await refuseNetwork(folder, platform);
    await makePrivate(file);
    const { DatabaseSync } = await loadSqlite();
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    const mode = database.prepare("PRAGMA journal_mode = WAL").get()?.journal_mode;
    if (mode !== "wal") throw notHere(folder, "SQLite can't keep its log there");
    database.exec("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
    migrate(database, file);
    return database;
  } catch (error) {
    database?.close();
    throw ledgerError(file, error);
  }
}

async function refuseNetwork(folder: string, platform: NodeJS.Platform): Promise<void> {
  const kind = await networkKind(folder, platform);
  if (kind !== undefined) throw notHere(folder, `it is on another machine (${kind})`);
}

/** Looked at before anything is sent, as any place that results can't be written to: exit 10. */
function notHere(folder: string, reason: string): AsrError {
  return new AsrError("output", `can't keep a ledger in ${folder}`, {
    reason,
    hint:
      "write into a folder on a disk of this machine and copy it when all is done, " +
      "or go without a ledger: --no-resume",
  });
}

/** SQLite gives its log and index the rights of the file itself. */
async function makePrivate(file: string): Promise<void> {
  try {
    await (await open(file, "wx", 0o600)).close();
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
    if ((await lstat(file)).isFile()) return;
    throw new AsrError("output", `can't use the ledger ${file}`, {
      reason: "it is no file of its own: a link, a folder or a device",
      hint: "move it away, or choose another -o",
    });
  }
}

function migrate(database: DatabaseSync, file: string): void {
  if (versionOf(database, file) === SCHEMA_VERSION) return;
  // One of several runs that begin at once does it; the others find it done.
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = versionOf(database, file);
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.exec(
      `PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA application_id = ${APPLICATION_ID}`,
    );
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

export function versionOf(database: DatabaseSync, file: string): number {
  const version = Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
  if (version <= SCHEMA_VERSION) return version;
  throw usageError(
    `the ledger ${file} was made by a newer asr`,
    "use that version, or another -o",
    `its version is ${version}, this asr knows ${SCHEMA_VERSION}`,
  );
}
