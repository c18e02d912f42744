/** Folders to try things in, and the rights of an ordinary user there. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { SinkContext } from "../../src/jobs/outputs/results.ts";

/** A folder that is gone after the test; anybody may write into it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-jobs-"));
  chmodSync(folder, 0o777);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Evaluates an expression with an exported function as an ordinary user, in a process of its own:
 * for root, `access` allows everything.
 *
 * @param module below src/
 * @param wrapper a command that runs the process, with its words
 * @param call e.g. `checkWritable("/a")`
 * @returns the value, or the kind, message and details of what was thrown
 */
export function asOrdinaryUser(module: string, call: string, ...wrapper: string[]): unknown {
  const name = call.slice(0, call.indexOf("("));
  const address = new URL(`../../src/${module}`, import.meta.url);
  // The rights go once all is loaded: an ordinary user may not look into root's checkout.
  const code = `import { ${name} } from ${JSON.stringify(address)};
    if (process.getuid?.() === 0) process.setuid(65534);
    const value = await ${call}.catch(({ kind, message, details }) => ({ kind, message, details }));
    console.log(JSON.stringify(value));`;
  const words = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", code];
  const [command = process.execPath, ...args] = [...wrapper, process.execPath, ...words];
  const text = execFileSync(command, args, { encoding: "utf8" });
  return JSON.parse(text);
}

export function sinkContext(changes: Partial<SinkContext> = {}): SinkContext {
  return {
    signal: new AbortController().signal,
    clock: { sleep: async () => {} },
    onExit: () => () => {},
    ...changes,
  };
}
