/** How much memory a command needed at most, told by the command itself as it ends. */
import { readFileSync } from "node:fs";
import path from "node:path";

const HOOK = `
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
const file = process.env.PEAK_MEMORY_FILE;
if (isMainThread && file) process.on("exit", () =>
  writeFileSync(file, String(process.resourceUsage().maxRSS)));
`;

/** What the environment must hold, and how to read the figure afterwards. */
export function watchMemory(folder: string): {
  readonly env: Readonly<Record<string, string>>;
  readonly peakMebibytes: () => number;
} {
  const file = path.join(folder, "peak-memory");
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`;
  return {
    env: { NODE_OPTIONS: `--import=${hook}`, PEAK_MEMORY_FILE: file },
    peakMebibytes: () => Number(readFileSync(file, "utf8")) / 1024,
  };
}
