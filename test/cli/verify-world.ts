/** A folder of cases for `asr verify`, and the command in it. */
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, ROOT, temporaryFolder } from "./run.ts";

type Options = Parameters<typeof asrInProcess>[1];

const CASES = path.join(ROOT, "fixtures", "cases");

export const SAID = "Unless to be rather cold hearted\nand rather selfish is to be ill disposed.\n";

/** What Tencent flash is recorded to have said of 5.3 s of English. */
async function recordedCase(folder: string, name: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await cp(path.join(AUDIO, "en-librivox-0890.wav"), path.join(folder, `${name}.wav`));
  const recorded = path.join(CASES, "english", "tencent-flash.cassette");
  await cp(recorded, path.join(folder, `${name}.cassette`), { recursive: true });
}

/**
 * @param names of cases with a recording and its answers
 * @param files contents by their paths in the folder of the cases
 */
export async function caseFolder(
  names: readonly string[],
  files: Readonly<Record<string, string>> = {},
) {
  const cwd = temporaryFolder();
  const folder = path.join(cwd, "cases");
  await mkdir(folder);
  for (const name of names) await recordedCase(folder, name);
  const write = async (name: string, content: string): Promise<void> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  for (const [name, content] of Object.entries(files)) await write(name, content);
  const run = (words: readonly string[] = [], options: Options = {}) =>
    asrInProcess(["verify", "cases", ...words], { cwd, ...options });
  return {
    cwd,
    folder,
    write,
    run,
    read: (name: string) => readFile(path.join(folder, name), "utf8"),
    /** With `--json`. */
    async report(words: readonly string[] = [], options: Options = {}) {
      const { stdout, stderr } = await run([...words, "--json"], options);
      if (stdout === "") throw new Error(stderr);
      return JSON.parse(stdout);
    },
  };
}
