/** The ONNX runtime: optional packages with native code, loaded when they are first needed. */
import { createRequire } from "node:module";
import path from "node:path";
import { checkPackage } from "../../installation/check-package.ts";
import { type FindPackage, findPackage } from "../../installation/find-package.ts";
import { modelOfPackage, RUNTIME_PACKAGE } from "../../installation/known-packages.ts";
import type { OnnxRuntime } from "./onnx.ts";

/** The runtime is nowhere. */
export class RuntimeMissing extends Error {
  constructor() {
    super(`${RUNTIME_PACKAGE} is not installed`);
  }
}

/**
 * Loads the runtime. Only one thread of a process can (docs/decisions.md, "One recogniser thread,
 * never terminated"). What npm does not look after is native code that anybody may have put there:
 * it runs only where it is the release that we know.
 *
 * @throws RuntimeMissing; Error where it is another one; what `require` throws where its binary for
 * this machine is missing.
 */
export function requireRuntime(find: FindPackage = findPackage): OnnxRuntime {
  const found = find(RUNTIME_PACKAGE);
  if (found === undefined) throw new RuntimeMissing();
  if (!found.byNpm) {
    for (const known of modelOfPackage(RUNTIME_PACKAGE)?.packages ?? []) {
      const fault = checkPackage(path.join(path.dirname(found.path), known.name), known);
      if (fault !== undefined) throw new Error(`${fault.path} is ${fault.fault}`);
    }
  }
  return createRequire(path.join(found.path, "package.json"))(found.path);
}
