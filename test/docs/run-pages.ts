/** A test for each block of a page, in one sandbox, from top to bottom as the page is read. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTool } from "../tools.ts";
import type { Command } from "./commands.ts";
import { NOT_RUN } from "./not-run.ts";
import { showsOutput } from "./output.ts";
import { readPage } from "./pages.ts";
import { openSandbox, type Sandbox } from "./sandbox.ts";
import { isServer } from "./servers.ts";
import { type BlockRun, type Outcome, runCommands } from "./shell.ts";

/** Programs of the system that examples use beside those of every machine. */
const TOOLS: Readonly<Record<string, RegExp>> = {
  jq: /\bjq /,
  sox: /\bsox /,
  ffmpeg: /\bffmpeg |\.(?:mp4|m4a)\b/,
  "redis-server": /\bredis-server |\bqueue\.example\b/,
};

function missingTool(commands: readonly Command[]): string | undefined {
  if (process.env.ASR_NO_SKIP !== undefined) return undefined;
  return Object.entries(TOOLS).find(
    ([tool, use]) => !hasTool(tool) && commands.some(({ text }) => use.test(text)),
  )?.[0];
}

const runnable = (command: Command): Command =>
  NOT_RUN[command.text] === undefined ? command : { ...command, text: "true" };

/** What a command did against what its page says, for a message that shows both. */
function verdict(command: Command, { exitCode, said }: Outcome): string | undefined {
  const shown = `line ${command.line}: ${command.text}\n${said}`;
  if (command.exitCode !== undefined && exitCode !== command.exitCode) {
    return `exit ${exitCode}, the page says ${command.exitCode}: ${shown}`;
  }
  if (command.output.length > 0 && !showsOutput(command.output, said)) {
    return `it did not say what the page shows: ${shown}`;
  }
  // A word that no program of the sandbox is called by, in a place where the exit code is lost.
  return /: command not found/.test(said) ? `a program is missing: ${shown}` : undefined;
}

/**
 * Where the recogniser of this machine is meant to run. It takes seconds a time: elsewhere the reader
 * is one who has set another provider.
 */
function isLocal(page: string, block: number): boolean {
  return page === "docs/providers/local.md" || (page === "README.md" && block < 3);
}

export function runPages(names: readonly string[]): void {
  for (const page of names.map(readPage).filter(({ blocks }) => blocks.length > 0)) {
    const { name } = page;
    describe(name, () => {
      let sandbox: Sandbox;
      const running: BlockRun[] = [];
      beforeAll(async () => {
        sandbox = await openSandbox(page);
      });
      afterAll(async () => {
        await endAll();
        await sandbox?.close();
      });
      const endAll = async (): Promise<Outcome[]> => {
        const endings: Outcome[] = [];
        for (const run of running) endings.push(...(await run.end()));
        return endings;
      };

      for (const [index, { place, commands }] of page.blocks.entries()) {
        const missing = missingTool(commands);
        const needs = missing === undefined ? "" : ` (needs ${missing})`;
        it.skipIf(missing !== undefined)(`${place}${needs}`, { timeout: 120_000 }, async () => {
          const run = await runCommands(commands.map(runnable), sandbox, isLocal(name, index));
          running.unshift(run);
          const { outcomes } = run;
          const verdicts = commands.map((command, index) =>
            verdict(command, outcomes[index] ?? { exitCode: undefined, said: "" }),
          );
          expect(verdicts.filter((text) => text !== undefined).join("\n")).toBe("");
        });
      }

      const commands = page.blocks.flatMap((block) => block.commands);
      if (commands.some(({ text }) => isServer(text))) {
        it("ends what it has left running, with exit 0", { timeout: 120_000 }, async () => {
          const endings = await endAll();
          expect(endings.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
        });
      }

      it("breaks no rule of a vendor", () => {
        expect(sandbox.violations()).toEqual([]);
      });
    });
  }
}
