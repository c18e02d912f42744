import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { buildWav } from "../audio/build-wav.ts";
import { share } from "../share.ts";
import { asrInProcess } from "./in-process.ts";
import { watchMemory } from "./peak-memory.ts";
import { AUDIO, asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

/** 5.3 s of English at 16 kHz. */
const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

/** A folder with these files, each the clip unless it has a text. */
function folderWith(files: Readonly<Record<string, string | undefined>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(cwd, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (text === undefined) copyFileSync(CLIP, file);
    else writeFileSync(file, text);
  }
  return cwd;
}

const jsonLines = (...entries: readonly unknown[]) =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");

const files = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".txt"))
    .sort();

describe("asr transcribe --from", () => {
  it("takes a list from stdin, and a missing file fails alone", async () => {
    const cwd = folderWith({ "a.wav": undefined, "sub/b.wav": undefined });
    const { vendor, env } = await openVendor("stepfun");
    const run = await asrInProcess(["transcribe", "--from", "-", "-o", "out/", "-p", "stepfun"], {
      cwd,
      env,
      stdin: "a.wav\r\nnone.wav\r\nsub/b.wav\r\n",
    });
    expect(run).toMatchObject({ code: 8, stdout: "" });
    expect(run.stderr).toMatch(/none\.wav: no such file[\s\S]*1 of 3 inputs failed/);
    expect(files(path.join(cwd, "out"))).toEqual(["a.txt", "b.txt"]);
    expect(vendor.requests).toHaveLength(2);
  });

  it("takes what find -print0 writes", async () => {
    const cwd = folderWith({ "two\nlines.wav": undefined, "b.wav": undefined });
    const { env } = await openVendor("stepfun");
    const run = await asrInProcess(
      ["transcribe", "--from", "-", "--null", "-o", "out", "-p", "stepfun"],
      { cwd, env, stdin: "./two\nlines.wav\0./b.wav\0" },
    );
    expect(run).toMatchObject({ code: 0, stdout: "" });
    expect(run.stderr).toMatch(/^asr: 2 of 2 inputs done in .*\n$/);
    expect(files(path.join(cwd, "out"))).toEqual(["b.txt", "two_lines.txt"]);
  });

  it("makes a folder of -o even of one line, and puts operands first on stdout", async () => {
    const cwd = folderWith({ "a.wav": undefined, "b.wav": undefined, list: "b.wav" });
    const { env } = await openVendor("stepfun");
    const words = ["transcribe", "--from", "list", "-p", "stepfun"];
    const inFile = await asrInProcess([...words, "-o", "b.txt"], { cwd, env });
    expect(inFile.code).toBe(2);
    const onStdout = await asrInProcess([...words, "a.wav", "-f", "json"], { cwd, env });
    const names = onStdout.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).source.name);
    expect(names).toEqual(["a.wav", "b.wav"]);
  });

  it("sends each input to the provider that its line names, under that line's name", async () => {
    const list = jsonLines(
      { input: "a.wav", provider: "stepfun", language: "en", output: "mon/one.wav", tags: ["t"] },
      { input: "a.wav", provider: "feishu-file", output: "two.srt", reference: "a.ref" },
      { input: "b.wav" },
    );
    const cwd = folderWith({ "a.wav": undefined, "b.wav": undefined, "list.jsonl": list });
    const stepfun = await openVendor("stepfun");
    const feishu = await openVendor("feishu-file");
    const env = { ...stepfun.env, ...feishu.env };
    const words = ["transcribe", "--from", "list.jsonl", "-p", "stepfun", "-o", "out"];
    const run = await asrInProcess([...words, "-f", "txt,json"], { cwd, env });
    expect(run).toMatchObject({ code: 0, stdout: "" });
    expect(run.stderr).toMatch(/^asr: 3 of 3 inputs done in .*\n$/);
    const result = (name: string) => JSON.parse(readFileSync(path.join(cwd, "out", name), "utf8"));
    expect(files(path.join(cwd, "out"))).toEqual(["b.txt", "mon/one.txt", "two.txt"]);
    expect(result("mon/one.json")).toMatchObject({ provider: "stepfun" });
    expect(result("two.json")).toMatchObject({ provider: "feishu-file" });
    expect(result("b.json")).toMatchObject({ provider: "stepfun" });
    const asked = stepfun.vendor.requests.map(({ body }) => JSON.stringify(body).includes('"en"'));
    expect(asked.sort()).toEqual([false, true]);
  });

  it("asks for the credentials of every provider in the list before anything is sent", async () => {
    const list = jsonLines(
      { input: "a.wav" },
      { input: "a.wav", provider: "lark-file", output: "x" },
    );
    const cwd = folderWith({ "a.wav": undefined, list });
    const { vendor, env } = await openVendor("stepfun");
    const words = ["transcribe", "--from", "list", "-p", "stepfun", "-o", "out"];
    const run = await asrInProcess(words, { cwd, env });
    expect(run.code).toBe(4);
    expect(run.stderr).toContain("list:2: ");
    expect(vendor.requests).toEqual([]);
  });

  it("goes on with the others where one provider refuses all alike", async () => {
    const list = jsonLines(
      { input: "a.wav", provider: "stepfun" },
      { input: "b.wav", provider: "stepfun" },
      { input: "c.wav", provider: "feishu-file" },
    );
    const cwd = folderWith({ "a.wav": undefined, "b.wav": undefined, "c.wav": undefined, list });
    const stepfun = await openVendor("stepfun");
    const feishu = await openVendor("feishu-file");
    const env = { ...stepfun.env, ...feishu.env, STEPFUN_API_KEY: "another" };
    const words = ["transcribe", "--from", "list", "-o", "out", "-j", "1"];
    const run = await asrInProcess(words, { cwd, env });
    expect(run.code).toBe(8);
    expect(run.stderr).toContain("1 of 3 inputs failed, 1 that would fail alike are left");
    expect(files(path.join(cwd, "out"))).toEqual(["c.txt"]);
  });

  it.each([
    [
      "an unknown key",
      { input: "a.wav", langage: "en" },
      /list:2: unknown key "langage"[\s\S]*"language"/,
    ],
    [
      "an unknown provider",
      { input: "a.wav", provider: "stepfan" },
      /list:2: provider[\s\S]*"stepfun"/,
    ],
    [
      "a language that the provider lacks",
      { input: "a.wav", provider: "feishu-file", language: "fr", output: "x" },
      /list:2: /,
    ],
    [
      "an output outside the folder",
      { input: "a.wav", output: "../x" },
      /list:2: the output "\.\.\/x"/,
    ],
    [
      "the output of another line",
      { input: "b.wav", output: "A.wav" },
      /a\.wav \(list:1\) and b\.wav \(list:2\)/,
    ],
  ])("refuses %s before anything is sent", async (_what, entry, message) => {
    const list = jsonLines({ input: "a.wav" }, entry);
    const cwd = folderWith({ "a.wav": undefined, "b.wav": undefined, list });
    const { vendor, env } = await openVendor("stepfun");
    const words = ["transcribe", "--from", "list", "-o", "out", "-p", "stepfun"];
    const run = await asrInProcess(words, { cwd, env });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(message);
    expect(vendor.requests).toEqual([]);
  });

  it.each([
    [["-", "--from", "-"], "the audio and the list of inputs"],
    [["--from", "-", "--hotwords", "-"], "the list of inputs and the hotwords"],
    [["--hotwords", "-"], "the audio and the hotwords"],
  ])("lets stdin be one thing: %j", async (words, what) => {
    const run = await asrInProcess(["transcribe", ...words], { stdin: "a.wav\n" });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`stdin can't be both ${what}`);
  });

  it.each([
    ["--null without a list", ["a.wav", "--null"], "--from"],
    ["a list that is not there", ["--from", "none"], "can't read the list none"],
    ["a folder as the list", ["--from", "."], "can't read the list ."],
    ["an empty list", ["--from", "empty"], "nothing to do: no file in empty"],
  ])("refuses %s", async (_what, words, message) => {
    const cwd = folderWith({ "a.wav": undefined, empty: "\n\n" });
    const run = await asrInProcess(["transcribe", ...words], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(message);
  });

  it("says where output names are of no use", async () => {
    const cwd = folderWith({
      "a.wav": undefined,
      list: jsonLines({ input: "a.wav", output: "x" }),
    });
    const { env } = await openVendor("stepfun");
    const run = await asrInProcess(["transcribe", "--from", "list", "-p", "stepfun"], { cwd, env });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("list:1: no output folder");
  });
});

describe("asr transcribe --from --dry-run", () => {
  it("says to whom each input would go and what that costs, without an account", async () => {
    const list = jsonLines(
      { input: "a.wav", provider: "stepfun", tags: ["t"] },
      { input: "b.wav", provider: "feishu-file", output: "x", reference: "said" },
      { input: "c.wav", provider: "local" },
      { input: "none.wav", provider: "stepfun" },
    );
    const cwd = folderWith({ "a.wav": undefined, "b.wav": undefined, "c.wav": undefined, list });
    mkdirSync(path.join(cwd, ".config/asr"), { recursive: true });
    writeFileSync(
      path.join(cwd, ".config/asr/config.yaml"),
      "providers: { stepfun: { pricePerHour: 3600, currency: CNY }, feishu-file: { pricePerHour: 7200, currency: CNY } }\n",
    );
    const words = ["transcribe", "--from", "list", "-o", "out", "--dry-run"];
    const json = await asrInProcess([...words, "--json"], { cwd });
    expect(json.code).toBe(8);
    const { provider, currency, inputs, total } = JSON.parse(json.stdout);
    expect({ provider, currency }).toEqual({ currency: "CNY" });
    expect(inputs).toMatchObject([
      { input: "a.wav", provider: "stepfun", tags: ["t"] },
      { input: "b.wav", provider: "feishu-file", output: "x", reference: "said" },
      { input: "c.wav", provider: "local", billed_seconds: 0 },
      { input: "none.wav", provider: "stepfun", error: expect.anything() },
    ]);
    const [a, b] = inputs;
    expect(total.cost).toBeCloseTo(a.billed_seconds + 2 * b.billed_seconds, 5);
    const text = await asrInProcess(words, { cwd });
    expect(text.stdout).toMatch(/\na\.wav .* stepfun: as it is .* CNY\n/);
    expect(text.stdout).toMatch(/\nc\.wav .* local: /);
    expect(readdirSync(cwd)).not.toContain("out");
  });
});

const LINES = share(2000, 100_000);

describe(`asr transcribe --from with ${LINES} lines`, () => {
  it("plans them all in memory that does not grow much with them", {
    timeout: 300_000,
  }, async () => {
    const cwd = temporaryFolder();
    const data = new Uint8Array(3200);
    const silence = buildWav({ encoding: "s16le", channels: 1, sampleRate: 16_000, data });
    const entries = Array.from({ length: LINES }, (_, index) => {
      const input = `${index >> 10}/${index}.wav`;
      mkdirSync(path.join(cwd, path.dirname(input)), { recursive: true });
      writeFileSync(path.join(cwd, input), silence);
      const provider = index % 2 === 0 ? "stepfun" : "feishu-file";
      return { input, provider, language: "zh", output: `results/${index}`, tags: ["night"] };
    });
    writeFileSync(path.join(cwd, "list"), jsonLines(...entries));
    const { env, peakMebibytes } = watchMemory(cwd);
    const words = ["transcribe", "--from", "list", "-o", "out", "--dry-run", "--json"];
    const { code, stdout, stderr } = await asr(words, { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { inputs, total } = JSON.parse(stdout);
    expect(total).toMatchObject({ inputs: LINES, failed: 0 });
    expect(inputs.map(({ output }: { output: string }) => output)).toEqual(
      entries.map(({ output }) => output),
    );
    expect(peakMebibytes()).toBeLessThan(share(150, 300));
  });
});
