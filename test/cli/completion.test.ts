/** The completion scripts in the real shells, as a user types on a terminal. */
import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { itWith } from "../tools.ts";
import { asr, LAUNCHER, temporaryFolder } from "./run.ts";
import { openScreen, type Screen } from "./tmux.ts";

interface Shell {
  readonly rcFile: string;
  readonly rcLines: readonly string[];
  readonly start: (rcFile: string) => string;
  /** A command in a word: it must not run while the user still types. */
  readonly nested: string;
}

const SHELLS: Readonly<Record<"bash" | "zsh" | "fish", Shell>> = {
  bash: {
    rcFile: ".bashrc",
    rcLines: ["PS1='> '"],
    start: (rcFile) => `bash --noprofile --rcfile ${rcFile} -i`,
    nested: "$(touch ran)",
  },
  zsh: {
    rcFile: ".zshrc",
    rcLines: ["PS1='> '"],
    start: (rcFile) => `ZDOTDIR=${path.dirname(rcFile)} zsh -i`,
    nested: "$(touch ran)",
  },
  fish: {
    rcFile: "init.fish",
    rcLines: [
      "function fish_prompt; echo -n '> '; end",
      "set -g fish_autosuggestion_enabled 0",
      "set -g fish_greeting",
    ],
    start: (rcFile) => `fish -C 'source ${rcFile}'`,
    nested: "(touch ran)",
  },
};

/** What is typed before Tab, what is typed after it, and what stands there then. */
const TYPED: readonly (readonly [typed: string, more: string, wanted: string])[] = [
  ["asr tran", "talk", "asr transcribe talk"],
  ["asr transcribe --no-wo", "", "asr transcribe --no-words"],
  ["asr transcribe --format=srt,vt", "", "asr transcribe --format=srt,vtt"],
  [
    "asr transcribe -p tencent-flash -m 8k_zh_",
    "",
    "asr transcribe -p tencent-flash -m 8k_zh_large",
  ],
  [
    "asr stream -p tencent-flash --set filter_m",
    "1",
    "asr stream -p tencent-flash --set filter_modal=1",
  ],
  [
    "asr stream --hotword a:1 --set b=2 --encoding mu",
    "",
    "asr stream --hotword a:1 --set b=2 --encoding mulaw",
  ],
  ["asr transcribe 'a b.wav' -p lark-f", "", "asr transcribe 'a b.wav' -p lark-file"],
  [
    `asr transcribe -p "tencent-flash" -m 8k_zh_`,
    "",
    `asr transcribe -p "tencent-flash" -m 8k_zh_large`,
  ],
  [`asr transcribe -p "lark-f`, "", `asr transcribe -p "lark-file"`],
  [`asr transcribe "ta`, "", `asr transcribe "talk one.wav"`],
  ["asr transcribe ta", "", "asr transcribe talk\\ one.wav"],
  ["asr transcribe --output=ta", "", "asr transcribe --output=talk\\ one.wav"],
  ["asr batch status ca", "", "asr batch status calls/"],
  ["bin/asr provi", "", "bin/asr providers"],
];

/** The shell in a folder with recordings, with the script in force. */
async function openShell({ rcFile, rcLines, start }: Shell, script: string) {
  const folder = temporaryFolder();
  const program = path.join(folder, "bin", "asr");
  for (const name of ["bin", "calls"]) await mkdir(path.join(folder, name));
  for (const name of ["talk one.wav", "cabbage.wav"]) await writeFile(path.join(folder, name), "");
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${LAUNCHER}' "$@"\n`);
  await chmod(program, 0o755);
  await writeFile(path.join(folder, "script"), script);
  const lines = [`cd ${folder}`, `. ${folder}/script`, ...rcLines, ""];
  await writeFile(path.join(folder, rcFile), lines.join("\n"));
  const env = { PATH: `${folder}/bin:${process.env.PATH}` };
  const screen = await openScreen(start(path.join(folder, rcFile)), { columns: 120, env });
  await screen.until((now) => now.at(-1) === ">");
  return { screen, folder };
}

/** Types, presses Tab, types on, and waits until the last line is as wanted. */
async function complete(screen: Screen, [typed, more, wanted]: (typeof TYPED)[number]) {
  await screen.press("C-u");
  await screen.press(typed);
  await screen.until((lines) => lines.at(-1) === `> ${typed}`);
  await screen.press("Tab");
  await screen.until((lines) => lines.at(-1) !== `> ${typed}`);
  if (more !== "") await screen.press(more);
  await screen.until((lines) => lines.at(-1) === `> ${wanted}`);
}

describe("asr completion", () => {
  describe.each(["bash", "zsh", "fish"] as const)("%s", (name) => {
    itWith(name, "completes commands, flags, values and files on a terminal", async () => {
      const shell = SHELLS[name];
      const { code, stdout, stderr } = await asr(["completion", name]);
      expect([code, stderr]).toEqual([0, ""]);
      const { screen, folder } = await openShell(shell, stdout);
      const nested = `asr transcribe ${shell.nested} -f sr`;
      for (const line of [...TYPED, [nested, "", `${nested}t`] as const]) {
        await complete(screen, line);
      }
      expect(existsSync(path.join(folder, "ran"))).toBe(false);
    });
  });

  itWith("zsh", "shows what has no help without a dash in zsh", async () => {
    const { screen } = await openShell(SHELLS.zsh, (await asr(["completion", "zsh"])).stdout);
    await complete(screen, ["asr transcribe -f js", "", "asr transcribe -f json"]);
    await screen.press("Tab");
    const lines = await screen.until((now) => now.at(-1)?.includes("jsonl") === true);
    expect(lines.at(-1)?.trim().split(/\s+/).toSorted()).toEqual(["json", "jsonl"]);
  });

  it("refuses another shell and says which there are", async () => {
    const { code, stdout, stderr } = await asr(["completion", "tcsh"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("there is no completion for tcsh");
    expect(stderr).toContain("bash, zsh, fish");
  });
});
