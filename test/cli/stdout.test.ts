import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/commands/program.ts";
import { hardCases } from "../formats/hard-cases.ts";
import { asrInProcess, inProcessWorld } from "./in-process.ts";
import { AUDIO, asr, LAUNCHER, ROOT, temporaryFolder } from "./run.ts";

const CLIP = path.join(AUDIO, "en-goforward-16k-s16le.raw");
/** Some text. */
const LICENSE = path.join(ROOT, "LICENSE");

/** The smallest of what can be installed. */
const SMALL_PACKAGE = path.join(ROOT, "node_modules", "onnxruntime-common");

const CASES = path.join(ROOT, "fixtures", "cases");

interface CommandRun {
  readonly words: readonly string[];
  readonly json: boolean;
  /** It is a text. */
  readonly text?: true;
  /** What is run before it, in the same folder. */
  readonly before?: readonly string[];
}

/** A folder where all failed: nothing has to be recognised for it. */
const FAILED_BATCH = ["transcribe", "none-1.wav", "none-2.wav", "-o", "out"];

/** Each command with words that make it speak, and what its stdout must be. */
const RUNS: Readonly<Record<string, CommandRun>> = {
  transcribe: { words: [CLIP, "-f", "json", "-v"], json: true },
  stream: { words: [CLIP, "-f", "json", "-v"], json: true },
  format: { words: [hardCases("json"), "-f", "json", "-v"], json: true },
  lint: { words: [hardCases("srt"), "--style", "plain", "--json", "-v"], json: true },
  eval: { words: [LICENSE, "--reference", LICENSE, "--json", "-v"], json: true },
  compare: {
    words: [
      ...[
        path.join(AUDIO, "en-librivox-0890.wav"),
        "--providers",
        "local,tencent-flash",
        "-l",
        "en",
      ],
      ...["--replay", path.join(CASES, "english", "tencent-flash.cassette"), "--json", "-v"],
    ],
    json: true,
  },
  verify: { words: [CASES, "--json", "-v"], json: true },
  providers: { words: ["--json", "-v"], json: true },
  doctor: { words: ["-p", "local", "--json", "-v"], json: true },
  "models list": { words: ["--json", "-v"], json: true },
  "models install": { words: [SMALL_PACKAGE, "-v"], json: false },
  "batch status": { words: ["out", "--json", "-v"], json: true, before: FAILED_BATCH },
  "batch report": { words: ["out", "--json", "-v"], json: true, before: FAILED_BATCH },
  "batch retry": {
    words: ["out", "-v"],
    json: false,
    before: ["transcribe", CLIP, "-o", "out/", "-q"],
  },
  worker: { words: ["--help"], json: false, text: true },
  "config show": { words: ["--json", "-v"], json: true },
  "config path": { words: ["--json", "-v"], json: true },
  "config init": { words: ["-v"], json: false },
  "config trust": { words: ["-v"], json: false },
  schema: { words: ["config", "-v"], json: true },
  completion: { words: ["bash", "-v"], json: false, text: true },
  complete: { words: ["--", "transcribe", ""], json: false, text: true },
  help: { words: ["transcribe"], json: false, text: true },
};

function* namesOf(command: Command, prefix = ""): Generator<string> {
  for (const child of command.commands) {
    const name = `${prefix}${child.name()}`;
    if (child.commands.length > 0) yield* namesOf(child, `${name} `);
    else yield name;
  }
}

describe("stdout", () => {
  it("is looked at here for every command that there is", () => {
    expect([...namesOf(createProgram(inProcessWorld()).command)].toSorted()).toEqual(
      Object.keys(RUNS).toSorted(),
    );
  });

  it.each(Object.entries(RUNS))("of %s carries its result and nothing else", async (name, run) => {
    const cwd = temporaryFolder();
    if (run.before !== undefined) await asr(run.before, { cwd });
    const { code, stdout } = await asr([...name.split(" "), ...run.words], { cwd });
    expect(code).toBe(0);
    if (run.json) expect(() => JSON.parse(stdout)).not.toThrow();
    else expect(stdout !== "").toBe(run.text === true);
  });

  it.each(Object.keys(RUNS))("of %s is empty where it fails", async (name) => {
    const { code, stdout, stderr } = await asrInProcess([...name.split(" "), "--no-such-option"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--no-such-option");
  });

  it("is the same bytes with and without what goes to stderr", async () => {
    const quiet = await asr(["transcribe", CLIP, "-f", "srt", "--quiet"]);
    const verbose = await asr(["transcribe", CLIP, "-f", "srt", "-v", "--log-format", "json"]);
    expect(verbose.stdout).toBe(quiet.stdout);
    expect(quiet.stderr).toBe("");
    for (const line of verbose.stderr.trim().split("\n"))
      expect(() => JSON.parse(line)).not.toThrow();
  });

  it("takes the format from -o, whatever a settings file says", async () => {
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, ".asrrc"), "format: [txt]\n");
    const { code, stderr } = await asr(["transcribe", CLIP, "-o", "talk.srt"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const again = await asr(["transcribe", CLIP, "-o", "talk.srt", "-f", "txt"], { cwd });
    expect(again.stderr).toMatch(/warning: talk\.srt looks like srt, but txt was asked for/);
  });
});

describe("a broken stdout", () => {
  it.each([["--version"], ["--help"], ["transcribe", CLIP]])(
    "ends %s with 10",
    async (...words) => {
      const { code } = await runInShell(words, "> /dev/full");
      expect(code).toBe(10);
    },
  );

  it("is no failure where the reader went away", async () => {
    for (const words of [["--version"], ["--help"], ["providers"]]) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own variable
      const { code, stderr } = await runInShell(words, "| true; exit ${PIPESTATUS[0]}");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    }
  });
});

describe("a hostile folder", () => {
  it("has nothing run and no request sent", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const cwd = temporaryFolder();
    const attack = `require("node:net").connect(${port}, "127.0.0.1")`;
    for (const name of [".asrrc.js", ".asrrc.cjs", "asr.config.js", "asr.config.cjs"]) {
      await writeFile(path.join(cwd, name), attack);
    }
    const env = { STEPFUN_API_KEY: "a-key-to-steal" };
    const harmless = await asr(["transcribe", "none.wav", "-p", "stepfun"], { cwd, env });
    expect(harmless.code).toBe(3);
    const evil = `vendors:\n  stepfun:\n    baseUrl: http://127.0.0.1:${port}\n`;
    await writeFile(path.join(cwd, ".asrrc"), evil);
    const refused = await asr(["transcribe", CLIP, "-p", "stepfun"], { cwd, env });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("baseUrl");
    server.close();
    expect(connections).toBe(0);
  });
});

/** Runs `asr` in bash with a redirection or a pipe after it. */
async function runInShell(words: readonly string[], rest: string) {
  const line = [process.execPath, LAUNCHER, ...words].map((word) => `'${word}'`).join(" ");
  const child = spawn("bash", ["-c", `${line} ${rest}`], {
    env: { PATH: process.env.PATH ?? "", HOME: temporaryFolder() },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stderr };
}
