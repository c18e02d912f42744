/** The ONNX runtime: an optional package with native code, loaded when it is first needed. */
import { createRequire } from "node:module";
import type { OnnxRuntime } from "./onnx.ts";

export const RUNTIME_PACKAGE = "onnxruntime-node";
export const RUNTIME_VERSION = "1.17.0";

/** Finds the file of an npm package; throws as `require.resolve` does. */
export type ResolvePackage = (specifier: string) => string;

const require = createRequire(import.meta.url);

export const resolvePackage: ResolvePackage = require.resolve;

/**
 * Loads the runtime. Only one thread of a process can (docs/decisions.md, "One recogniser thread,
 * never terminated").
 *
 * @throws what `require` does where the package, or its binary for this machine, is missing.
 */
export function requireRuntime(): OnnxRuntime {
  return require(RUNTIME_PACKAGE);
}
