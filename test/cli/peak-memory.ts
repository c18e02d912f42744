/** How much memory a command needed at most, told by the command itself as it ends. */
import { readFileSync } from "node:fs";
import path from "node:path";

/** On Linux from the kernel's own figure: `maxRSS` starts at the size of the parent there. */
const HOOK = `
import { readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
const file = process.env.PEAK_MEMORY_FILE;
const peakKilobytes = () => {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  return /^VmHWM:\\s*(\\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))[1];
};
if (isMainThread && file) process.on("exit", () => writeFileSync(file, String(peakKilobytes())));
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
