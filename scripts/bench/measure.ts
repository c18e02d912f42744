/** Whole processes: wall time, and the peak of memory as GNU time tells it. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command's launcher. */
export const LAUNCHER = fileURLToPath(new URL("../../bin/asr.js", import.meta.url));

/** Where `npm run build:binary` puts binaries. */
export const BINARY_FOLDER = new URL("../../dist-bin/", import.meta.url);

export interface Measured {
  readonly wallMs: number;
  readonly peakMegabytes: number;
  /** Of all its threads, the system's part too: other work on the machine hardly changes it. */
  readonly processorMs: number;
}

/** @throws Error where the command fails, or GNU time (/usr/bin/time) is missing */
export function measure(
  command: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Measured {
  const startedMs = performance.now();
  const { error, status, stderr } = spawnSync(
    "/usr/bin/time",
    ["-f", "%M %U %S", command, ...words],
    {
      encoding: "utf8",
      env,
      stdio: ["pipe", "ignore", "pipe"],
    },
  );
  const wallMs = performance.now() - startedMs;
  if (error !== undefined) throw new Error("needs GNU time (/usr/bin/time)", { cause: error });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")}: ${stderr}`);
  const [kilobytes = 0, user = 0, system = 0] =
    stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { wallMs, peakMegabytes: kilobytes / 1000, processorMs: (user + system) * 1000 };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
