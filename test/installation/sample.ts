/** Packages of the test's own, as small as can be. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { KnownPackage } from "../../src/installation/known-packages.ts";

export function ownFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-installation-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** A package in a folder, known by what it holds now. */
export function samplePackage(
  name: string,
  files: Readonly<Record<string, string>> = { "package.json": "{}", "deep/weights.onnx": name },
): { readonly known: KnownPackage; readonly folder: string } {
  const folder = path.join(ownFolder(), name);
  writeFiles(folder, files);
  const sums = Object.entries(files).map(([file, text]) => [
    file,
    createHash("sha256").update(text).digest("hex"),
  ]);
  return {
    folder,
    known: { name, version: "1.0.0", integrity: "", files: Object.fromEntries(sums) },
  };
}
