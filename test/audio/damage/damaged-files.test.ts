/** Thousands of damaged files: each is read, or refused with a reason; nothing breaks. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { share } from "../../share.ts";

const READER = path.join(import.meta.dirname, "read-damaged.ts");
/** Of each kind (there are twenty) five at least, and one of them through a pipe. */
const FILES = share(100, 10_000);
/** So many files one process reads: what it holds on to would show. */
const FILES_PER_PROCESS = 100;
const MOST_MEBIBYTES = 300;
/** A file that takes longer is taken for an endless loop. */
const DEADLINE_MS = 60_000;

interface Line {
  readonly seed: number;
  readonly name: string;
  readonly outcome?: string;
  readonly peakMebibytes?: number;
}

interface Reading {
  readonly lines: readonly Line[];
  readonly code: number | null;
  readonly complaint: string;
}

function readDamaged(firstSeed: number, count: number): Promise<Reading> {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-damaged-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const child = spawn(process.execPath, [READER, String(firstSeed), String(count), folder]);
  const lines: Line[] = [];
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  let deadline = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  createInterface(child.stdout).on("line", (text) => {
    lines.push(JSON.parse(text));
    clearTimeout(deadline);
    deadline = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(deadline);
      resolve({ lines, code, complaint });
    });
  });
}

describe("damaged files", () => {
  const starts = Array.from(
    { length: Math.ceil(FILES / FILES_PER_PROCESS) },
    (_, index) => 1 + index * FILES_PER_PROCESS,
  );

  it.each(starts)("from seed %d on are read or refused, in little memory", async (firstSeed) => {
    const count = Math.min(FILES_PER_PROCESS, FILES - firstSeed + 1);
    const { lines, code, complaint } = await readDamaged(firstSeed, count);
    const last = lines.at(-1);
    // A crash or a hang shows which file it was by the last line.
    expect({ code, complaint: complaint.slice(-2000), last }).toMatchObject({
      code: 0,
      complaint: "",
    });
    const outcomes = lines.filter(({ outcome }) => outcome !== undefined);
    expect(outcomes).toHaveLength(count);
    expect(last?.peakMebibytes).toBeLessThan(MOST_MEBIBYTES);
    expect(outcomes.filter(({ outcome = "" }) => !/^(ok \d+|audio|usage)$/.test(outcome))).toEqual(
      [],
    );
  });
});
