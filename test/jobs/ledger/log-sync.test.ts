import { execFileSync } from "node:child_process";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { LogSync } from "../../../src/jobs/ledger/log-sync.ts";
import { temporaryFolder } from "../place.ts";

it("takes no lock away from the database, and bears a log that is not there", async () => {
  const file = path.join(temporaryFolder(), "ledger");
  const writer = new DatabaseSync(file);
  writer.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (a); BEGIN IMMEDIATE");
  const log = new LogSync(file);
  for (let count = 0; count < 3; count++) log.request();
  await log.close();
  // Within one process SQLite would not ask the system.
  const code = `const { DatabaseSync } = await import("node:sqlite");
    new DatabaseSync(${JSON.stringify(file)}, { timeout: 0 }).exec("BEGIN IMMEDIATE")`;
  const begin = () =>
    execFileSync(process.execPath, ["--input-type=module", "-e", code], { stdio: "pipe" });
  expect(begin).toThrow("locked");
  writer.exec("COMMIT");
  expect(begin).not.toThrow();
  writer.close();
  log.request();
  await log.close();
});
