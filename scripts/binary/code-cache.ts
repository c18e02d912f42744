/**
 * V8's code caches of the chunks that usual commands load. They are made by the Node that will read
 * them, with the flags that it will have: else V8 throws them away.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CACHE_ENDING } from "./chunk-names.ts";
import type { BundledProgram } from "./program.ts";
import { launcherFlags } from "./seal.ts";

/** Between them they load what nearly every run needs. */
const USUAL_RUNS = [
  ["transcribe", "--help"],
  ["config", "show"],
  ["transcribe", "fixtures/audio/en-jfk.wav", "-p", "tencent-flash", "--dry-run"],
  ["format", "fixtures/formats/hard-cases.json", "-f", "srt"],
];

const WARM_UP = fileURLToPath(new URL("./warm-up.ts", import.meta.url));

/** @returns the program's files, and their caches */
export function addCodeCaches(
  { files, chunks }: BundledProgram,
  node: string,
): Readonly<Record<string, string>> {
  for (const words of USUAL_RUNS) {
    execFileSync(node, [...launcherFlags(), WARM_UP, chunks, ...words], {
      stdio: ["ignore", "ignore", "inherit"],
      env: {},
    });
  }
  const caches = Object.entries(files).map(([name, file]) => [
    `${name}${CACHE_ENDING}`,
    `${file}${CACHE_ENDING}`,
  ]);
  return { ...files, ...Object.fromEntries(caches.filter(([, file = ""]) => existsSync(file))) };
}
