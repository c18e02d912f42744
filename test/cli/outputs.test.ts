/** What happens to the user's files, seen from the command line. */
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { itWith } from "../tools.ts";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, type Run, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");
const TEXT = /你好/;

let folder: string;
let transcribe: (words: readonly string[], signal?: AbortSignal) => Promise<Run>;
let requestCount: () => number;
beforeEach(async () => {
  folder = temporaryFolder();
  const { vendor, env } = await openVendor("tencent-flash");
  requestCount = () => vendor.requests.length;
  transcribe = (words, signal) =>
    asrInProcess(["transcribe", "-p", "tencent-flash", ...words], {
      cwd: folder,
      env,
      ...(signal === undefined ? {} : { signal }),
    });
  await mkdir(path.join(folder, "in"));
  await copyFile(CLIP, path.join(folder, "in", "talk.wav"));
});

const file = (name: string): string => path.join(folder, name);
const text = (name: string): Promise<string> => readFile(file(name), "utf8");

/** All below an output folder but its ledger. */
async function resultsIn(name: string): Promise<string[]> {
  const names = await readdir(file(name), { recursive: true });
  return names.filter((found) => found !== ".asr-ledger.sqlite").sort();
}

describe("a recording", () => {
  it.each([
    ["in/talk.wav", "link.wav"],
    ["link.wav", "in/talk.wav"],
  ])("%s is not destroyed by -o %s", async (input, output) => {
    await symlink("in/talk.wav", file("link.wav"));
    const { code, stderr } = await transcribe([input, "-o", output]);
    expect({ code, requests: requestCount() }).toEqual({ code: 2, requests: 0 });
    expect(stderr).toContain(input);
    expect(await readFile(file("in/talk.wav"))).toEqual(await readFile(CLIP));
  });
});

describe("a folder's other files", () => {
  beforeEach(() => writeFile(file("in/talk.md"), "# What was said\n"));

  it("are in no result's way", async () => {
    expect(await transcribe(["in", "-o", "out", "-q"])).toMatchObject({ code: 0, stderr: "" });
    expect(await resultsIn("out")).toEqual(["talk.txt"]);
    await writeFile(file("in/notes.txt"), "notes about it");
    expect(await transcribe(["in", "-o", "in", "-q"])).toMatchObject({ code: 0, stderr: "" });
    expect(await text("in/notes.txt")).toBe("notes about it");
  });

  it("leave no trace in JSON Lines", async () => {
    const onStdout = await transcribe(["in", "-f", "jsonl"]);
    const events = onStdout.stdout.trimEnd().split("\n");
    expect(events.map((line) => JSON.parse(line).type)).not.toContain("error");
    expect(await transcribe(["in", "-o", "oj", "-f", "jsonl"])).toMatchObject({ code: 0 });
    expect(await resultsIn("oj")).toEqual(["talk.jsonl"]);
  });

  it("are not taken for samples because of --rate", async () => {
    await writeFile(file("in/hi.bin"), "hi\n");
    expect(await transcribe(["in", "-o", "out", "--rate", "16000"])).toMatchObject({ code: 0 });
    expect(await resultsIn("out")).toEqual(["talk.txt"]);
  });

  it("fail where their names say that they are audio", async () => {
    await writeFile(file("in/page.wav"), "<!DOCTYPE html><html></html>");
    const { code, stderr } = await transcribe(["in", "-o", "out"]);
    expect(code).toBe(8);
    expect(stderr).toMatch(/page\.wav[\s\S]*HTML/);
    expect(await resultsIn("out")).toEqual(["talk.txt"]);
  });
});

describe("inputs", () => {
  it("without a name are exit 2, and not the whole folder", async () => {
    expect((await transcribe([""])).code).toBe(2);
    expect(requestCount()).toBe(0);
  });

  it("that are missing fail beside the others, and alone with 3", async () => {
    const { code, stdout, stderr } = await transcribe(["none.wav", "in/talk.wav"]);
    expect(code).toBe(8);
    expect(stdout).toMatch(TEXT);
    expect(stderr).toContain("none.wav");
    expect((await transcribe(["none.wav"])).code).toBe(3);
  });

  it("of a glob keep their path below its fixed part", async () => {
    await mkdir(file("other"));
    await copyFile(CLIP, file("other/talk.wav"));
    const { code, stderr } = await transcribe(["*/talk.wav", "-o", "out"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^asr: .* done/) });
    expect(await resultsIn("out")).toEqual(["in", "in/talk.txt", "other", "other/talk.txt"]);
  });
});

describe("outputs", () => {
  it("may be stdout under its other names", async () => {
    const { code, stdout } = await transcribe(["in/talk.wav", "-o", "/dev/stdout"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(TEXT);
  });

  it("may have long names", async () => {
    const name = `${"n".repeat(248)}.txt`;
    expect(await transcribe(["in/talk.wav", "-o", name])).toMatchObject({ code: 0, stderr: "" });
    expect(await text(name)).toMatch(TEXT);
  });

  it("that can't be there are exit 10 before anything is sent", async () => {
    await symlink("loop.txt", file("loop.txt"));
    for (const output of ["none/a.txt", "loop.txt", `${"n".repeat(300)}.txt`, "/dev/fd/987"]) {
      expect(await transcribe(["in/talk.wav", "-o", output])).toMatchObject({
        code: 10,
        stderr: expect.stringMatching(/can't write/),
      });
    }
    expect(requestCount()).toBe(0);
  });

  itWith("mkfifo", "into a pipe wait for its reader", async () => {
    execFileSync("mkfifo", [file("pipe")]);
    const run = transcribe(["in/talk.wav", "-o", "pipe"]);
    await waitForRequest();
    expect(await text("pipe")).toMatch(TEXT);
    expect((await run).code).toBe(0);
  });

  itWith("mkfifo", "into a pipe that nobody reads end by Ctrl-C", async () => {
    execFileSync("mkfifo", [file("pipe")]);
    const controller = new AbortController();
    const run = transcribe(["in/talk.wav", "-o", "pipe"], controller.signal);
    await waitForRequest();
    controller.abort(new AsrError("interrupted", "interrupted", { exitCode: 130 }));
    expect((await run).code).toBe(130);
  });
});

async function waitForRequest(): Promise<void> {
  while (requestCount() === 0) await setTimeout(5);
}
