/** Tests that need a system tool: skipped, with the tool's name, where it is missing. */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { it, type TestFunction } from "vitest";

/** Whether a program of that name is on the path. */
export function hasTool(tool: string): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** `it` for a test that runs `tool`. Where nothing may be skipped (`ASR_NO_SKIP`) it runs and fails. */
export function itWith(tool: string, name: string, test: TestFunction, timeoutMs?: number): void {
  const missing = !hasTool(tool) && process.env.ASR_NO_SKIP === undefined;
  it.skipIf(missing)(`${name} (needs ${tool})`, test, timeoutMs);
}
