/**
 * Start-up of the built command, and of the binary where `npm run build:binary` has made one, beside
 * `node -e 0`: in turns, as whole processes.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BINARY_FOLDER, LAUNCHER, median } from "./measure.ts";

const ROUNDS = 21;

const BINARY = fileURLToPath(new URL("asr-linux-x64", BINARY_FOLDER));

type Command = readonly [program: string, ...words: string[]];

const COMMANDS: Readonly<Record<string, Command>> = {
  "node -e 0": [process.execPath, "-e", "0"],
  "asr --version": [process.execPath, LAUNCHER, "--version"],
  "asr transcribe --help": [process.execPath, LAUNCHER, "transcribe", "--help"],
  ...(existsSync(BINARY)
    ? {
        "asr-linux-x64 --version": [BINARY, "--version"],
        "asr-linux-x64 transcribe --help": [BINARY, "transcribe", "--help"],
      }
    : {}),
};

function timeMs([program, ...words]: Command): number {
  const before = process.hrtime.bigint();
  const { status } = spawnSync(program, words, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${status}`);
  return Number(process.hrtime.bigint() - before) / 1e6;
}

const times = new Map<string, number[]>(Object.keys(COMMANDS).map((name) => [name, []]));
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, command] of Object.entries(COMMANDS)) {
    const elapsedMs = timeMs(command);
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
