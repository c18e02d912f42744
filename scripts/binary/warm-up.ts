/** Runs one command line from chunks, and keeps V8's code caches beside them. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { CACHE_ENDING, ENTRY_CHUNK } from "./chunk-names.ts";
import { createLoader } from "./loader.ts";

const [folder = "", ...words] = process.argv.splice(2);
process.argv.push(...words);
const fileOf = (name: string) => path.join(folder, name);

const { load, scripts } = createLoader(
  (name) => ({ code: readFileSync(fileOf(name), "utf8") }),
  createRequire(import.meta.url),
  import.meta.url,
);
process.on("exit", () => {
  for (const [name, script] of scripts) {
    const file = `${fileOf(name)}${CACHE_ENDING}`;
    const cache = script.createCachedData();
    // The run that used most of a chunk has compiled most of it.
    const before = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (cache.length > before) writeFileSync(file, cache);
  }
});
const { run } = load(ENTRY_CHUNK) as typeof import("../../src/cli.ts");
await run();
