/** A library once more, where its first instance can't be trusted any longer. */
import { createRequire } from "node:module";
import { getAsset } from "node:sea";
import { runInThisContext } from "node:vm";
import { isBinary, programUrl } from "./program-files.ts";

/** Package → the script in the binary that holds all of it. */
export const RENEWABLE = { "@audio/decode-amr": "decode-amr.js" } as const;

/**
 * Evaluates a package again, with state of its own.
 *
 * @param round another number each time
 */
export async function importAnew<Exports>(
  name: keyof typeof RENEWABLE,
  round: number,
): Promise<Exports> {
  if (!isBinary) return import(`${import.meta.resolve(name)}?round=${round}`);
  const module: { exports: unknown } = { exports: {} };
  const code = getAsset(RENEWABLE[name], "utf8");
  const run = runInThisContext(`(function (module, exports, require) {${code}\n})`);
  run(module, module.exports, createRequire(programUrl));
  return module.exports as Exports;
}
