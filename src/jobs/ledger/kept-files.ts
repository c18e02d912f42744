/** Files that hold what there was of a result that failed: of no use once it is there whole. */
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { isBelowAny } from "../outputs/result-name.ts";
import type { Rows } from "./rows.ts";

export interface KeptPlace {
  readonly rows: Rows;
  /** Row of the input. */
  readonly id: number;
  /** Absolute. */
  readonly folder: string;
}

interface KeptRow {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/**
 * Takes the place of what earlier tries had kept.
 *
 * @param names below the output folder, as the ledger names files
 * @throws AsrError kind "output" where the ledger can't be read or written.
 */
export async function rememberKept(place: KeptPlace, names: readonly string[]): Promise<void> {
  if (names.length > 0) await removeKept(place);
  const { rows, id, folder } = place;
  const kept: KeptRow[] = [];
  for (const name of names) {
    const status = await stat(path.resolve(folder, name)).catch(() => undefined);
    if (status === undefined) continue;
    kept.push({ path: name, sizeBytes: status.size, modifiedMs: status.mtimeMs });
  }
  if (kept.length === 0) return;
  rows.together(() => {
    for (const { path: name, sizeBytes, modifiedMs } of kept) {
      rows.run(
        `INSERT INTO kept (path, input, size_bytes, modified_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT (path) DO UPDATE SET input = excluded.input,
         size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms`,
        ...[name, id, sizeBytes, modifiedMs],
      );
    }
  });
}

/**
 * Removes what earlier tries had kept. A file that anybody has changed or replaced since is
 * somebody's own by now, and stays.
 *
 * @throws AsrError kind "output" where the ledger can't be read or written.
 */
export async function removeKept({ rows, id, folder }: KeptPlace): Promise<void> {
  const columns = "path, size_bytes AS sizeBytes, modified_ms AS modifiedMs";
  const kept = rows.all<KeptRow>(`SELECT ${columns} FROM kept WHERE input = ?`, id);
  if (kept.length === 0) return;
  // Whoever sent this folder may have written the ledger: nothing outside is touched by it.
  for (const { path: name, sizeBytes, modifiedMs } of kept.filter((row) => isBelowAny(row.path))) {
    const file = path.resolve(folder, name);
    try {
      const status = await stat(file);
      const isUnchanged = status.size === sizeBytes && status.mtimeMs === modifiedMs;
      if (status.isFile() && isUnchanged) await rm(file);
    } catch {
      // It has gone already, or can't be removed: the result itself is where it belongs.
    }
  }
  rows.run("DELETE FROM kept WHERE input = ?", id);
}
