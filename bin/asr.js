#!/usr/bin/env node
// The launcher: refuses a Node that is too old in one line, then hands over to the built program.
// It must parse and run on old versions: no named import that they lack.
import module from "node:module";
import v8 from "node:v8";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `asr: needs Node.js 22.19 or later, this is ${process.versions.node}: install a newer one, or run it by npx\n`,
  );
  process.exit(2);
}
module.enableCompileCache();
const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  // Scripts ask this in loops: answered without loading the program.
  process.stdout.on("error", ({ code }) => {
    if (code === "EPIPE") process.exit(0);
    process.stderr.write(`asr: error: can't write to the output\n  why: ${code}\n`);
    process.exit(10);
  });
  const { version } = module.createRequire(import.meta.url)("../package.json");
  process.stdout.write(`${version}\n`);
} else {
  // Else V8 takes up to 64 MB for young objects, twice, however few of them live on.
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  const { run } = await import("../dist/cli.js");
  await run();
}
