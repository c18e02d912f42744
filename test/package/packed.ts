/** The package as npm would publish it. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll } from "vitest";
import { ROOT } from "../cli/run.ts";

const run = promisify(execFile);

export interface Packed {
  /** Path of the archive. */
  readonly archive: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Paths in the package. */
  readonly files: readonly string[];
  readonly sizeBytes: number;
  readonly unpackedSizeBytes: number;
}

/** A folder outside of every checkout, which is gone after the file's tests. */
export function outsideFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-package-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** npm, quietly; rejects with what it wrote where it failed. */
export async function npm(words: readonly string[], cwd: string): Promise<string> {
  const shell = process.platform === "win32";
  return (await run("npm", words, { cwd, shell, maxBuffer: 16 * 1024 * 1024 })).stdout;
}

/** Packs what is built. */
export async function pack(folder: string): Promise<Packed> {
  const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const report = JSON.parse(await npm(words, ROOT));
  const [{ files, filename, size, unpackedSize }] = Array.isArray(report)
    ? report
    : Object.values(report);
  const archive = path.join(folder, filename);
  return {
    archive,
    bytes: new Uint8Array(readFileSync(archive)),
    files: files.map((file: { path: string }) => file.path),
    sizeBytes: size,
    unpackedSizeBytes: unpackedSize,
  };
}
