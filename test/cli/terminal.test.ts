import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect } from "vitest";
import { itWith } from "../tools.ts";
import { AUDIO, LAUNCHER, temporaryFolder } from "./run.ts";
import { openScreen } from "./tmux.ts";
import { openVendor } from "./vendor-accounts.ts";

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

const HELD = 3;

/**
 * A folder of recordings of one second, numbered from 1 on, and a vendor that answers about each
 * at once, but for those from `HELD` on: these wait until the test lets them go, in their order.
 */
async function openBatch(count: number, failing: readonly number[] = []) {
  const folder = temporaryFolder();
  await mkdir(path.join(folder, "in"));
  const gates = Array.from({ length: count + 1 }, () => Promise.withResolvers<void>());
  for (let number = 1; number <= count; number++) {
    const samples = new Int16Array(16_000).fill(number);
    const name = `recording-of-a-rather-long-name-${String(number).padStart(2, "0")}.raw`;
    await writeFile(path.join(folder, "in", name), new Uint8Array(samples.buffer));
  }
  for (const number of failing) {
    await writeFile(path.join(folder, "in", `zz-damaged-${number}.wav`), "RIFF");
  }
  const { vendor, env } = await openVendor("tencent-flash", {
    recognise: async (_, [number = 0]) => {
      if (number >= HELD) await gates[number]?.promise;
      return [{ text: `file ${number}`, startMs: 0, endMs: 1000 }];
    },
  });
  const command = `${process.execPath} ${LAUNCHER} transcribe in -o out -p tencent-flash`;
  return {
    vendor,
    env,
    line: (words: string) => `cd ${folder}; ${command} ${words}`,
    letGo(...numbers: readonly number[]): void {
      for (const number of numbers) gates[number]?.resolve();
    },
    letAllGo(): void {
      for (const gate of gates) gate.resolve();
    },
  };
}

const SUMMARY = /^asr: 12 of 12 inputs done in \d+\.\d s: 12\.0 s of audio/;

describe("the live table of several inputs", () => {
  itWith("tmux", "shows what is done and at work on 80 columns, and leaves nothing", async () => {
    const { env, line, letAllGo } = await openBatch(12);
    const screen = await openScreen(line("-j 7"), { columns: 80, rows: 24, env });
    const lines = await screen.until((all) => all.some((row) => row.includes("done 2  running 7")));
    expect(lines[0]).toMatch(/^\S done 2 {2}running 7 {2}left 3 {2}16%$/);
    expect(lines[1]).toMatch(/^ {2}audio 2\.0 s( {2}\S+x)? {2}2\.0 s billed$/);
    for (const row of lines.slice(2, 7)) expect(row).toMatch(/-0[3-9]\.raw {2}00:00\/00:01 {2}0%$/);
    expect(lines.slice(7)).toEqual(["  … and 2 more"]);
    letAllGo();
    await screen.until((all) => all.includes("exit 0"));
    expect(await screen.allLines()).toEqual([expect.stringMatching(SUMMARY), "exit 0"]);
  });

  itWith("tmux", "fits 40 columns and 10 rows, and goes on below a failure", async () => {
    const { env, line, letGo, letAllGo } = await openBatch(12, [1]);
    const screen = await openScreen(line("-j 7"), { columns: 40, rows: 10, env });
    const lines = await screen.until((all) => all.some((row) => row.includes("running 7")));
    expect(lines.length).toBeLessThanOrEqual(9);
    expect(lines.every((row) => row.length <= 38)).toBe(true);
    expect(lines.join("\n")).toMatch(/recor\S*…\S*-03\.raw {2}00:00\/00:01 {2}0%/);
    letGo(...[3, 4, 5, 6, 7, 8, 9]);
    await screen.until((all) => all.some((row) => row.includes("failed 1")));
    letAllGo();
    await screen.until((all) => all.includes("exit 8"));
    const text = (await screen.allLines()).join("\n");
    expect(text).toMatch(/^asr: error: in\/zz-damaged-1\.wav/);
    expect(text).not.toMatch(/running|\.raw/);
    expect(text).toContain("1 of 13 inputs failed");
  });

  itWith("tmux", "follows a terminal that becomes narrower, and another that widens", async () => {
    const { env, line, letGo, letAllGo } = await openBatch(12);
    // In the first rows tmux would push wrapped lines out of reach.
    const screen = await openScreen(`seq 12; ${line("-j 7")}`, { columns: 90, rows: 24, env });
    await screen.until((all) => all.some((row) => row.includes("done 2  running 7")));
    await screen.resize(50);
    letGo(3);
    await screen.until((all) => all.some((row) => row.includes("done 3  running 7")));
    await screen.resize(100);
    letAllGo();
    await screen.until((all) => all.includes("exit 0"));
    const lines = await screen.allLines();
    expect(lines.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, index) => `${index + 1}`));
    expect(lines.slice(-2)).toEqual([expect.stringMatching(SUMMARY), "exit 0"]);
  });
});
