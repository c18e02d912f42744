/** Every benchmark, one after the other: `npm run bench`, or `npm run bench -- start local`. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("./bench/", import.meta.url));
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts") && file !== "measure.ts")
  .map((file) => file.slice(0, -".ts".length));
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(`\n## ${name}\n`);
  const { status } = spawnSync(process.execPath, [`${FOLDER}${name}.ts`], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
