import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../cli/run.ts";
import { commandsOf } from "./commands.ts";
import { fencesOf } from "./fences.ts";
import { runCommands } from "./shell.ts";

/** A worker that is ready at once, and ends with 3 when it is told to. */
const WORKER = `process.on("SIGTERM", () => { console.log("ended"); process.exit(3); });
setInterval(() => {}, 1000);
console.log("asr: working for " + process.argv[2]);`;

/** Runs commands where `asr` is that program. */
async function run(lines: readonly string[], program: string) {
  const folder = temporaryFolder();
  const asr = path.join(folder, "asr");
  await writeFile(asr, `#!${process.execPath}\n${program}\n`);
  await chmod(asr, 0o755);
  const page = ["```console", ...lines.map((line) => `$ ${line}`), "```"].join("\n");
  const block = await runCommands(
    fencesOf(page).flatMap(commandsOf),
    {
      workingFolder: folder,
      temporaryFolder: folder,
      environment: { PATH: `${folder}${path.delimiter}${process.env.PATH ?? ""}` },
      places: { "queue.example:6379": "127.0.0.1:7" },
    },
    true,
  );
  onTestFinished(async () => void (await block.end()));
  return block;
}

describe("a worker of a page", () => {
  it("goes on until the end, which shows the code that it ended with", async () => {
    const { outcomes, end } = await run(["asr worker  # here", "echo $?"], WORKER);
    expect(outcomes).toEqual([
      { exitCode: 0, said: "asr: working for worker\n" },
      { exitCode: 0, said: "0\n" },
    ]);
    expect(await end()).toEqual([{ exitCode: 3, said: "asr: working for worker\nended\n" }]);
  });

  it("that does not start shows why, and its code", async () => {
    const broken = 'console.error("no keys"); process.exitCode = 4;';
    const { outcomes } = await run(["asr worker", "echo $?"], broken);
    expect(outcomes).toEqual([
      { exitCode: 4, said: "no keys\n" },
      { exitCode: 0, said: "4\n" },
    ]);
  });
});

describe("a place of the reader's own", () => {
  it("is one of this machine, and shown by the name that the page gives it", async () => {
    const { outcomes } = await run(
      ["expr redis://queue.example:6379 : '.*:7$' ; echo queue.example:6379"],
      WORKER,
    );
    expect(outcomes).toEqual([{ exitCode: 0, said: "19\nqueue.example:6379\n" }]);
  });
});
