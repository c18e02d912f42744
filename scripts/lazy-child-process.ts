/**
 * commander imports `node:child_process` for commands that are programs of their own, which we have
 * none of. Loading that takes a third of the start, so the bundle gets it when it is asked for.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

const IMPORT = /import childProcess from ['"]node:child_process['"];/;
const LATER =
  'const childProcess = { spawn: (...words) => process.getBuiltinModule("node:child_process").spawn(...words) };';

export const lazyChildProcess: Plugin = {
  name: "lazy-child-process",
  setup({ onLoad }) {
    onLoad({ filter: /commander[/\\]lib[/\\]command\.js$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      if (!IMPORT.test(code)) throw new Error("commander is made otherwise than it was");
      return { contents: code.replace(IMPORT, LATER), loader: "js" };
    });
  },
};
