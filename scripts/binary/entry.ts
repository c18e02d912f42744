/** The launcher inside a binary: as bin/asr.js, but what it loads are assets. */
import { createRequire } from "node:module";
import { getAsset, getAssetKeys, getRawAsset } from "node:sea";
import { pathToFileURL } from "node:url";
import manifest from "../../package.json" with { type: "json" };
import { CACHE_ENDING, ENTRY_CHUNK } from "./chunk-names.ts";
import { createLoader } from "./loader.ts";

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    process.stderr.write(`asr: error: can't write to the output\n  why: ${code}\n`);
    process.exit(10);
  });
  process.stdout.write(`${manifest.version}\n`);
} else {
  const names = new Set(getAssetKeys());
  const { load } = createLoader(
    (name) => {
      const cacheName = `${name}${CACHE_ENDING}`;
      const code = getAsset(name, "utf8");
      return names.has(cacheName)
        ? { code, cache: new Uint8Array(getRawAsset(cacheName)) }
        : { code };
    },
    createRequire(process.execPath),
    pathToFileURL(process.execPath).href,
  );
  const { run } = load(ENTRY_CHUNK) as typeof import("../../src/cli.ts");
  void run();
}
