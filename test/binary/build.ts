/** Builds the binaries once for all tests, unless `ASR_BINARY_BUILT` says that they are fresh. */
import { execFileSync } from "node:child_process";
import { ROOT } from "./run.ts";

export function setup(): void {
  if (process.env.ASR_BINARY_BUILT !== undefined) return;
  execFileSync(process.execPath, ["scripts/build-binary.ts"], { cwd: ROOT, stdio: "inherit" });
}
