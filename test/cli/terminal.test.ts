import { spawn } from "node:child_process";
import path from "node:path";
import { describe, expect } from "vitest";
import { itWith } from "../tools.ts";
import { AUDIO, LAUNCHER, temporaryFolder } from "./run.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

/** Runs a shell line in a pseudo-terminal, and gives all that the terminal was sent. */
function inTerminal(
  line: string,
  { columns = 100, env = {} }: { columns?: number; env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const home = temporaryFolder();
  const child = spawn("script", ["-qefc", `stty cols ${columns}; ${line}`, "/dev/null"], {
    cwd: home,
    env: { PATH: process.env.PATH ?? "", HOME: home, TERM: "xterm-256color", ...env },
    // An open pipe: at the end of its input `script` spins.
    stdio: ["pipe", "pipe", "inherit"],
  });
  let sent = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    sent += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(sent));
  });
}

/** What stays on the screen: each line as it was last drawn. */
function screen(sent: string): string {
  let lines = [""];
  let row = 0;
  let column = 0;
  const write = (text: string): void => {
    const line = (lines[row] ?? "").padEnd(column);
    lines[row] = line.slice(0, column) + text + line.slice(column + text.length);
    column += text.length;
  };
  for (const [token] of sent.matchAll(/\u001b\[[?0-9;]*[A-Za-z]|\r|\n|[^\u001b\r\n]+/g)) {
    if (token === "\r") column = 0;
    else if (token === "\n") row += 1;
    else if (/^\u001b\[\d*G$/.test(token)) column = Math.max(0, Number(token.slice(2, -1)) - 1);
    else if (/^\u001b\[\d*A$/.test(token)) row = Math.max(0, row - Number(token.slice(2, -1) || 1));
    else if (/^\u001b\[[012]?K$/.test(token)) lines[row] = (lines[row] ?? "").slice(0, column);
    else if (token === "\u001b[J" || token === "\u001b[0J") lines = lines.slice(0, row + 1);
    else if (!token.startsWith("\u001b")) write(token);
  }
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

describe("on a terminal", () => {
  itWith("script", "shows progress while it works, and only the text when it is done", async () => {
    const sent = await inTerminal(`${process.execPath} ${LAUNCHER} transcribe ${CLIP}`);
    expect(sent).toContain("00:00/00:05");
    expect(screen(sent)).toMatch(/^Unless to be .*disposed\.$/);
  });

  itWith("script", "shows no progress and no colour where they are not wanted", async () => {
    const quiet = await inTerminal(`${process.execPath} ${LAUNCHER} transcribe ${CLIP} --quiet`);
    expect(quiet).toMatch(/^Unless to be .*disposed\.\r?\n$/);
    const line = `${process.execPath} ${LAUNCHER} transcribe none.wav`;
    expect(await inTerminal(line)).toContain("\u001b[31masr: error:");
    for (const env of [{ NO_COLOR: "1" }, { ASR_COLOR: "0" }, { TERM: "dumb" }]) {
      const plain = await inTerminal(line, { env });
      expect(plain).toContain("asr: error: none.wav: no such file");
      expect(plain).not.toContain("\u001b[3");
    }
  });

  itWith("script", "redraws nothing where the terminal has no width", async () => {
    const line = `${process.execPath} ${LAUNCHER} transcribe ${CLIP}`;
    expect(await inTerminal(line, { columns: 0 })).toMatch(/^Unless to be .*disposed\.\r?\n$/);
  });

  itWith("script", "keeps the progress out of a redirected result", async () => {
    const line = `${process.execPath} ${LAUNCHER} transcribe ${CLIP} > out.txt; cat out.txt`;
    const sent = await inTerminal(line);
    expect(sent).toContain("00:00/00:05");
    expect(sent.slice(sent.lastIndexOf("Unless"))).toMatch(/^Unless to be .*disposed\.\r?\n$/);
  });
});
