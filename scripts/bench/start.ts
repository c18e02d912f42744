/** Start-up of the built command beside `node -e 0`, in turns, as whole processes. */
import { spawnSync } from "node:child_process";
import { LAUNCHER, median } from "./measure.ts";

const ROUNDS = 21;

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "node -e 0": ["-e", "0"],
  "asr --version": [LAUNCHER, "--version"],
  "asr transcribe --help": [LAUNCHER, "transcribe", "--help"],
};

function timeMs(words: readonly string[]): number {
  const before = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, words, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}`);
  return Number(process.hrtime.bigint() - before) / 1e6;
}

const times = new Map<string, number[]>(Object.keys(COMMANDS).map((name) => [name, []]));
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, words] of Object.entries(COMMANDS)) {
    const elapsedMs = timeMs(words);
    // The first round fills the caches.
    if (round >= 0) times.get(name)?.push(elapsedMs);
  }
}
const baseMs = median(times.get("node -e 0") ?? []);
console.log("| command | median ms | of `node -e 0` |\n|---|---|---|");
for (const [name, values] of times) {
  console.log(
    `| \`${name}\` | ${median(values).toFixed(1)} | ${(median(values) / baseMs).toFixed(2)} |`,
  );
}
