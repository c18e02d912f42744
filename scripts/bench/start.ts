/**
 * Start-up of the built command, and of the binary where `npm run build:binary` has made one, beside
 * `node -e 0`: in turns, as whole processes. Processor time is what other work on the machine changes
 * least.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BINARY_FOLDER, LAUNCHER, measure, median } from "./measure.ts";

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

interface Times {
  readonly wallMs: number[];
  readonly processorMs: number[];
}

const times = new Map<string, Times>(
  Object.keys(COMMANDS).map((name) => [name, { wallMs: [], processorMs: [] }]),
);
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, [program, ...words]] of Object.entries(COMMANDS)) {
    const { wallMs, processorMs } = measure(program, words);
    // The first round fills the caches.
    if (round < 0) continue;
    times.get(name)?.wallMs.push(wallMs);
    times.get(name)?.processorMs.push(processorMs);
  }
}
const base = times.get("node -e 0");
console.log("| command | median ms | of `node -e 0` | processor ms | of `node -e 0` |");
console.log("|---|---|---|---|---|");
for (const [name, { wallMs, processorMs }] of times) {
  const cells = [
    [wallMs, base?.wallMs],
    [processorMs, base?.processorMs],
  ].flatMap(([own = [], others = []]) => [
    median(own).toFixed(1),
    (median(own) / median(others)).toFixed(2),
  ]);
  console.log(`| \`${name}\` | ${cells.join(" | ")} |`);
}
