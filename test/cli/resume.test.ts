/** A batch that is killed, shared or started again, seen from the command line. */
import type { ChildProcess } from "node:child_process";
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { AUDIO, asr, type Run, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const COUNT = 20;
const LEDGER = ".asr-ledger.sqlite";
const DIALOGUE = path.join(AUDIO, "en-ibm-dialogue.wav");

type Vendor = Awaited<ReturnType<typeof openVendor>>["vendor"];

let folder: string;
let vendor: Vendor;
let transcribe: (words: readonly string[], started?: (child: ChildProcess) => void) => Promise<Run>;

beforeEach(async () => {
  folder = temporaryFolder();
  // Says which file it hears: each has samples of its own.
  const recognise = (_: unknown, [number = 0]: Int16Array) => [
    { text: `file ${number}`, startMs: 0, endMs: 100 },
  ];
  const opened = await openVendor("tencent-flash", { recognise });
  vendor = opened.vendor;
  transcribe = (words, started) =>
    asr(["transcribe", "-p", "tencent-flash", ...words], {
      cwd: folder,
      env: opened.env,
      ...(started === undefined ? {} : { started }),
    });
});

const file = (name: string): string => path.join(folder, name);

async function writeInputs(count: number): Promise<void> {
  await mkdir(file("in"), { recursive: true });
  for (let number = 1; number <= count; number++) {
    const samples = new Int16Array(1600).fill(number);
    await writeFile(file(`in/${number}.raw`), new Uint8Array(samples.buffer));
  }
}

/** Every result there is, by its name; nothing else may be there. */
async function results(): Promise<Record<string, string>> {
  const names = (await readdir(file("out"))).filter((name) => !name.startsWith(LEDGER));
  const texts = names.map(async (name) => [name, await readFile(file(`out/${name}`), "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}

function expected(count: number): Record<string, string> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return Object.fromEntries(numbers.map((number) => [`${number}.txt`, `file ${number}\n`]));
}

/** How often each piece of audio was sent. */
function timesSent(): number[] {
  const times = new Map<string, number>();
  for (const { audio } of vendor.requests) {
    const key = audio?.sha256 ?? "";
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return [...times.values()];
}

const FOLDER = ["in", "-o", "out"];

describe("a run that is killed", () => {
  it.each([1, 8])("goes on where it was, with -j %d", async (concurrency) => {
    await writeInputs(COUNT);
    const words = [...FOLDER, "-j", `${concurrency}`];
    let kills = 0;
    for (const step of [1, 4, 2, 6]) {
      const target = vendor.requests.length + step;
      const run = await transcribe(words, (child) => {
        void vendor.waitFor(({ index }) => index >= target).then(() => child.kill("SIGKILL"));
      });
      if (run.code === null) kills += 1;
    }
    expect(kills).toBeGreaterThan(2);
    expect(await transcribe(words)).toMatchObject({ code: 0, stdout: "" });
    expect(await results()).toEqual(expected(COUNT));
    expect(vendor.requests.length - COUNT).toBeLessThanOrEqual(kills * concurrency);
    // With one at a time only the request that had just begun can be on its way.
    if (concurrency === 1) expect(vendor.requests.length - COUNT).toBeLessThanOrEqual(kills);
    expect(vendor.violations).toEqual([]);
  });

  it("asks for no part twice that was answered", async () => {
    const words = [DIALOGUE, "-o", "out/", "-f", "json,jsonl", "-j", "1", "--split", "10"];
    const killed = await transcribe(words, (child) => {
      void vendor.waitFor(({ index }) => index === 2).then(() => child.kill("SIGKILL"));
    });
    expect(killed.code).toBe(null);
    expect(await transcribe(words)).toMatchObject({ code: 0 });
    expect(timesSent().sort()).toEqual([...timesSent().slice(1).fill(1), 2]);
    const { parts } = JSON.parse(await readFile(file("out/en-ibm-dialogue.json"), "utf8"));
    expect(parts).toHaveLength(vendor.requests.length - 1);
    const lines = (await readFile(file("out/en-ibm-dialogue.jsonl"), "utf8")).trim().split("\n");
    const types = lines.map((line) => JSON.parse(line).type);
    expect([types[0], types.at(-1)]).toEqual(["start", "done"]);
  });
});

it("a part that failed is asked for again, and no other", async () => {
  const faults = [{ at: 2, fault: { kind: "code", code: 4010 } as const }];
  const failing = await openVendor("tencent-flash", { faults });
  const run = (words: readonly string[]) =>
    asr(["transcribe", "-p", "tencent-flash", DIALOGUE, "-o", "out/", "--split", "10", ...words], {
      cwd: folder,
      env: failing.env,
    });
  expect((await run(["-j", "1"])).code).toBe(7);
  const before = failing.vendor.requests.length;
  expect((await run([])).code).toBe(0);
  const sent = failing.vendor.requests.map(({ audio }) => audio?.sha256);
  expect(new Set(sent).size).toBe(sent.length - 1);
  expect(before).toBeGreaterThan(1);
});

it("what was kept of a try that failed goes when all is there, unless somebody changed it", async () => {
  const faults = [{ at: 2, fault: { kind: "code", code: 4010 } as const }];
  for (const isChanged of [false, true]) {
    const failing = await openVendor("tencent-flash", { faults });
    const output = isChanged ? "changed" : "same";
    const words = ["transcribe", "-p", "tencent-flash", DIALOGUE, "-o", `${output}/`];
    const run = () => asr([...words, "--split", "20"], { cwd: folder, env: failing.env });
    expect((await run()).code).toBe(7);
    const partial = file(`${output}/en-ibm-dialogue.partial.txt`);
    if (isChanged) await writeFile(partial, "my notes");
    else expect(await readFile(partial, "utf8")).not.toBe("");
    expect((await run()).code).toBe(0);
    const names = await readdir(file(output));
    expect(names.includes("en-ibm-dialogue.partial.txt")).toBe(isChanged);
  }
});

it("two runs on one folder share the work", async () => {
  await writeInputs(COUNT);
  // The first run's requests are answered once the second has sent some too.
  let bothSent: Promise<unknown> = Promise.resolve();
  const shared = await openVendor("tencent-flash", {
    recognise: async (_, [number = 0]) => {
      await bothSent;
      return [{ text: `file ${number}`, startMs: 0, endMs: 100 }];
    },
  });
  bothSent = shared.vendor.waitFor(({ index }) => index === 4);
  const words = ["transcribe", "-p", "tencent-flash", ...FOLDER, "-j", "3"];
  const run = () => asr(words, { cwd: folder, env: shared.env });
  const runs = await Promise.all([run(), run()]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(shared.vendor.requests).toHaveLength(COUNT);
  expect(await results()).toEqual(expected(COUNT));
});

it("a run that is interrupted gives back what it had, with what was answered", async () => {
  const words = [DIALOGUE, "-o", "out/", "-j", "1", "--split", "10"];
  const run = await transcribe(words, (child) => {
    void vendor.waitFor(({ index }) => index === 2).then(() => child.kill("SIGINT"));
  });
  expect(run.code).toBe(130);
  const before = vendor.requests.length;
  expect(await transcribe(words)).toMatchObject({ code: 0, stderr: "" });
  expect(vendor.requests.length).toBeGreaterThan(before);
  expect(Math.max(...timesSent())).toBeLessThanOrEqual(2);
  expect(timesSent().filter((times) => times === 2).length).toBeLessThanOrEqual(1);
  expect(await transcribe(words)).toMatchObject({
    code: 0,
    stderr: "asr: 1 of 1 inputs was done already\n",
  });
});

describe("a run that is started again", () => {
  it("does what is new or changed, says what was done, and all of it when forced", async () => {
    await writeInputs(3);
    expect((await transcribe(FOLDER)).stderr).toMatch(/^asr: 3 of 3 inputs done in .*\n$/);
    expect((await transcribe(FOLDER)).stderr).toBe("asr: 3 of 3 inputs were done already\n");
    expect(await transcribe([...FOLDER, "-q"])).toMatchObject({ code: 0, stderr: "" });
    expect(vendor.requests).toHaveLength(3);
    await writeInputs(4);
    expect((await transcribe(FOLDER)).stderr).toMatch(
      /^asr: 1 of 4 inputs done in .*; 3 were done already\n$/,
    );
    expect(vendor.requests).toHaveLength(4);
    await transcribe([...FOLDER, "-l", "en"]);
    expect(vendor.requests).toHaveLength(8);
    await transcribe([...FOLDER, "-l", "en", "--force"]);
    expect(vendor.requests).toHaveLength(12);
    expect(await results()).toEqual(expected(4));
  });

  it("asks for nothing again where fewer formats are wanted, or in another order", async () => {
    await writeInputs(2);
    await transcribe([...FOLDER, "-f", "srt,vtt"]);
    await writeFile(file("out/1.srt"), "corrected");
    for (const formats of ["vtt,srt", "srt", "vtt"]) {
      const { stderr } = await transcribe([...FOLDER, "-f", formats]);
      expect(stderr).toBe("asr: 2 of 2 inputs were done already\n");
    }
    expect(vendor.requests).toHaveLength(2);
    expect(await readFile(file("out/1.srt"), "utf8")).toBe("corrected");
  });

  it("asks for nothing again where a further format is wanted, or a result is lost", async () => {
    await writeInputs(2);
    const config = { pricePerHour: 3600, currency: "CNY" };
    const providers = { "tencent-flash": config };
    await writeFile(file("prices.json"), JSON.stringify({ providers }));
    const words = [...FOLDER, "--config", "prices.json"];
    await transcribe([...words, "-f", "srt"]);
    const before = await readFile(file("out/1.srt"), "utf8");
    await rm(file("out/1.srt"));
    const { stderr } = await transcribe([...words, "-f", "srt,vtt"]);
    expect(stderr).toMatch(/2 of 2 inputs done/);
    // What was paid for by the first run is not told of this one.
    expect(stderr).not.toMatch(/billed|CNY/);
    expect(vendor.requests).toHaveLength(2);
    expect(await readFile(file("out/1.srt"), "utf8")).toBe(before);
    expect(await readFile(file("out/2.vtt"), "utf8")).toContain("file 2");
    await transcribe([...words, "-f", "srt,vtt", "--force"]);
    expect(vendor.requests).toHaveLength(4);
  });

  it("asks for nothing again for subtitles of another style", async () => {
    await writeInputs(1);
    const words = [...FOLDER, "-f", "srt,vtt"];
    await transcribe(words);
    const styled = [...words, "--chinese", "traditional", "--style", "bbc"];
    await transcribe(styled);
    expect((await transcribe(styled)).stderr).toBe("asr: 1 of 1 inputs was done already\n");
    expect((await transcribe(words)).stderr).toMatch(/1 of 1 inputs done/);
    expect(vendor.requests).toHaveLength(1);
  });

  it("replaces no result that somebody has worked on", async () => {
    await writeInputs(2);
    await transcribe([...FOLDER, "-f", "srt"]);
    await writeFile(file("out/1.srt"), "corrected");
    const run = await transcribe([...FOLDER, "-f", "srt,vtt"]);
    expect(run.code).toBe(8);
    expect(run.stderr).toMatch(/1\.srt was changed since asr wrote it[\s\S]*--force/);
    expect(await readFile(file("out/1.srt"), "utf8")).toBe("corrected");
    expect(Object.keys(await results()).sort()).toEqual(["1.srt", "2.srt", "2.vtt"]);
    expect((await transcribe([...FOLDER, "-f", "srt,vtt", "--force"])).code).toBe(0);
    expect(await readFile(file("out/1.srt"), "utf8")).toContain("file 1");
  });

  it("takes no result of other settings for one of these", async () => {
    await writeInputs(1);
    await transcribe([...FOLDER, "-f", "srt,vtt"]);
    await transcribe([...FOLDER, "-f", "srt", "-l", "en"]);
    expect(await transcribe([...FOLDER, "-f", "srt,vtt", "-l", "en"])).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/1 of 1 inputs done/),
    });
  });

  it("pays nothing for recordings that were away for a night", async () => {
    await writeInputs(2);
    await writeFile(file("list.txt"), "in/1.raw\nin/2.raw\n");
    const words = ["--from", "list.txt", "-o", "out"];
    await transcribe(words);
    await rename(file("in"), file("elsewhere"));
    expect(await transcribe(words)).toMatchObject({
      code: 8,
      stderr: expect.stringContaining("in/1.raw: no such file"),
    });
    await rename(file("elsewhere"), file("in"));
    expect((await transcribe(words)).stderr).toBe("asr: 2 of 2 inputs were done already\n");
    expect(vendor.requests).toHaveLength(2);
  });

  it("leaves alone what it did not write", async () => {
    await writeInputs(2);
    await mkdir(file("out"));
    await writeFile(file("out/1.txt"), "my notes");
    const { code, stderr } = await transcribe(FOLDER);
    expect(code).toBe(8);
    expect(stderr).toMatch(/1\.raw.*1\.txt is there already[\s\S]*--force/);
    expect(await results()).toEqual({ "1.txt": "my notes", "2.txt": "file 2\n" });
    expect(vendor.requests).toHaveLength(1);
    expect(await transcribe([...FOLDER, "--force"])).toMatchObject({ code: 0 });
    expect(await results()).toEqual(expected(2));
  });

  it("goes without a ledger where that is asked", async () => {
    await writeInputs(1);
    const words = [...FOLDER, "--no-resume"];
    for (const _ of ["first", "second"]) expect(await transcribe(words)).toMatchObject({ code: 0 });
    expect(await readdir(file("out"))).toEqual(["1.txt"]);
    expect(vendor.requests).toHaveLength(2);
  });
});

describe("the ledger", () => {
  it("is its owner's alone, and is nowhere but in an output folder", async () => {
    await writeInputs(1);
    await transcribe(FOLDER);
    expect((await stat(file(`out/${LEDGER}`))).mode & 0o777).toBe(0o600);
    await transcribe(["in/1.raw", "-o", "one.txt"]);
    await transcribe(["in/1.raw"]);
    expect((await readdir(folder)).sort()).toEqual(["in", "one.txt", "out"]);
  });

  it("is what --resume needs", async () => {
    await writeInputs(1);
    for (const words of [["in/1.raw"], ["in/1.raw", "-o", "one.txt"]]) {
      const { code, stderr } = await transcribe([...words, "--resume"]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/output folder/) });
    }
    expect(vendor.requests).toHaveLength(0);
  });

  it("that is damaged ends the run before anything is sent", async () => {
    await writeInputs(1);
    await mkdir(file("out"));
    await writeFile(file(`out/${LEDGER}`), "x".repeat(5000));
    const { code, stderr } = await transcribe(FOLDER);
    expect({ code, requests: vendor.requests.length }).toEqual({ code: 10, requests: 0 });
    expect(stderr).toMatch(/damaged[\s\S]*try: move it away/);
  });

  it("leaves one that failed to the next run", async () => {
    await writeInputs(1);
    await copyFile(DIALOGUE, file("in/talk.wav"));
    await chmod(file("in/talk.wav"), 0o644);
    await writeFile(file("in/talk.wav"), (await readFile(DIALOGUE)).subarray(0, 30));
    expect((await transcribe(FOLDER)).code).toBe(8);
    await copyFile(DIALOGUE, file("in/talk.wav"));
    expect(await transcribe(FOLDER)).toMatchObject({ code: 0 });
    expect(Object.keys(await results()).sort()).toEqual(["1.txt", "talk.txt"]);
  });
});
