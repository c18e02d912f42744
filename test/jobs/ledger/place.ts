/** An output folder with a recording beside it, and runs that come and go. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import type { Input } from "../../../src/jobs/inputs/input.ts";
import { type Ledger, type LedgerRequest, openLedger } from "../../../src/jobs/ledger/ledger.ts";
import type { ProcessIdentity } from "../../../src/jobs/ledger/process-identity.ts";
import { temporaryFolder } from "../place.ts";

export const FILE_NAME = ".asr-ledger.sqlite";

export interface Place {
  readonly out: string;
  readonly input: Input;
  readonly outputs: readonly { readonly format: string; readonly path: string }[];
  /** Milliseconds since the epoch, of every run here. */
  nowMs: number;
  /** Process numbers that are there. */
  readonly running: Set<number>;
  /** A run by the process of that number. */
  open(pid: number, changes?: Partial<LedgerRequest>): Promise<Ledger>;
  /** What a query finds. */
  read(sql: string): unknown[];
}

export function identity(pid: number, changes: Partial<ProcessIdentity> = {}): ProcessIdentity {
  return { pid, host: "here", machine: "boot pids", processStart: `${pid}`, ...changes };
}

export function createPlace(): Place {
  const folder = temporaryFolder();
  const out = path.join(folder, "out");
  const file = path.join(folder, "a.wav");
  writeFileSync(file, "audio");
  mkdirSync(out);
  const place: Place = {
    out,
    input: { name: "a.wav", path: file, relativePath: "a.wav", explicit: true },
    outputs: [{ format: "txt", path: path.join(out, "a.txt") }],
    nowMs: 1000,
    running: new Set(),
    async open(pid, changes = {}) {
      place.running.add(pid);
      const ledger = await openLedger({
        folder: out,
        run: `run${pid}`,
        force: false,
        order: { flags: {}, workingFolder: folder },
        providerOf: () => "fake",
        secrets: [],
        clock: {
          now: () => place.nowMs,
          sleep: (_, signal) =>
            new Promise((_resolve, reject) => {
              signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
            }),
        },
        platform: process.platform,
        self: identity(pid),
        processes: {
          isRunning: (asked) => place.running.has(asked),
          startOf: (asked) => (place.running.has(asked) ? `${asked}` : undefined),
        },
        ...changes,
      });
      onTestFinished(() => ledger.close());
      return ledger;
    },
    read(sql) {
      const database = new DatabaseSync(path.join(out, FILE_NAME), { readOnly: true });
      try {
        return database
          .prepare(sql)
          .all()
          .map((row) => ({ ...row }));
      } finally {
        database.close();
      }
    },
  };
  return place;
}
