/** A folder of files for `asr eval`, and the command in it. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type EvalReport, reportSchema } from "../../src/scoring/reports/schema.ts";
import { asrInProcess } from "./in-process.ts";
import { type Run, temporaryFolder } from "./run.ts";

type Options = Parameters<typeof asrInProcess>[1];

export interface EvalFolder {
  readonly cwd: string;
  readonly run: (words: readonly string[], options?: Options) => Promise<Run>;
  /** With `--json`, checked against the schema. */
  readonly report: (words: readonly string[], options?: Options) => Promise<EvalReport>;
}

/** @param files contents by their paths in the folder */
export async function evalFolder(files: Readonly<Record<string, string>>): Promise<EvalFolder> {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(cwd, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const run = (words: readonly string[], options: Options = {}) =>
    asrInProcess(["eval", ...words], { cwd, ...options });
  return {
    cwd,
    run,
    async report(words, options) {
      const { stdout, stderr } = await run([...words, "--json"], options);
      if (stdout === "") throw new Error(stderr);
      return reportSchema.strict().parse(JSON.parse(stdout));
    },
  };
}
