/** How a batch stands, seen from the command line, and what is left of it done again. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

/** 5.3 s of English. */
const CLIP = path.join(AUDIO, "en-librivox-0890.wav");
const LEDGER = ".asr-ledger.sqlite";

type Vendor = Awaited<ReturnType<typeof openVendor>>;

let cwd: string;
let stepfun: Vendor;
beforeEach(async () => {
  cwd = temporaryFolder();
  stepfun = await openVendor("stepfun");
});

const file = (name: string): string => path.join(cwd, name);
const results = () =>
  readdirSync(file("out"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(txt|json)$/.test(name))
    .sort();

function write(name: string, text?: string): void {
  mkdirSync(path.dirname(file(name)), { recursive: true });
  if (text === undefined) copyFileSync(CLIP, file(name));
  else writeFileSync(file(name), text);
}

const run = (words: string[], env: Readonly<Record<string, string>> = stepfun.env, place = cwd) =>
  asrInProcess(words, { cwd: place, env });
const batch = (...words: string[]) => run(["batch", ...words]);

const fields = z.strictObject({
  inputs: z.int(),
  done: z.int(),
  failed: z.int(),
  running: z.int(),
  interrupted: z.int(),
  waiting: z.int(),
  tries: z.int(),
  audio_seconds: z.number(),
  billed_seconds: z.number(),
});
const STATUS = z.strictObject({
  folder: z.string(),
  total: fields,
  spend: z.array(z.strictObject({ amount: z.number(), currency: z.string().optional() })),
  runs: z.array(
    z.strictObject({ pid: z.int(), host: z.string(), since: z.iso.datetime(), inputs: z.int() }),
  ),
  failures: z.array(
    z.strictObject({
      inputs: z.int(),
      code: z.string(),
      vendor_code: z.union([z.int(), z.string()]).optional(),
      message: z.string(),
      hint: z.string().optional(),
    }),
  ),
});
const ERROR = z.strictObject({
  code: z.string(),
  exit_code: z.int(),
  message: z.string(),
  provider: z.string().optional(),
  vendor_code: z.union([z.int(), z.string()]).optional(),
  request_id: z.string().optional(),
  reason: z.string().optional(),
  retryable: z.boolean(),
  hint: z.string().optional(),
});
const REPORT = STATUS.extend({
  providers: z.array(fields.extend({ provider: z.string() })),
  tags: z.array(fields.extend({ tag: z.string() })),
  inputs: z.array(
    z.strictObject({
      path: z.string(),
      state: z.enum(["done", "failed", "running", "interrupted", "waiting"]),
      provider: z.string(),
      tries: z.int(),
      size_bytes: z.int().optional(),
      sha256: z.string().length(64).optional(),
      duration: z.number().optional(),
      billed_seconds: z.number(),
      request_ids: z.array(z.string()),
      started: z.iso.datetime().optional(),
      ended: z.iso.datetime().optional(),
      error: ERROR.optional(),
      outputs: z.array(
        z.strictObject({ path: z.string(), format: z.string(), size_bytes: z.int().optional() }),
      ),
      parts: z.array(
        z.strictObject({
          start: z.number().optional(),
          end: z.number().optional(),
          channel: z.int().optional(),
          request_id: z.string().optional(),
          billed_seconds: z.number(),
        }),
      ),
      output: z.string().optional(),
      language: z.string().optional(),
      model: z.string().optional(),
      reference: z.string().optional(),
      tags: z.array(z.string()).optional(),
    }),
  ),
});

describe("a folder where something is done, failed and waiting", () => {
  let lark: Vendor;
  /** Of both vendors, as the user has them once all is mended. */
  let env: Readonly<Record<string, string>>;

  beforeEach(async () => {
    lark = await openVendor("lark-file");
    env = { ...stepfun.env, ...lark.env };
    const list = [
      { input: "a.wav", language: "en", output: "mon/one", tags: ["night"], reference: "said" },
      { input: "cut.wav", language: "en", output: "mon/two", tags: ["night", "loud"] },
      { input: "gone.wav", tags: ["loud"] },
      { input: "b.wav", provider: "lark-file" },
      { input: "c.wav", provider: "lark-file" },
    ];
    for (const name of ["a.wav", "b.wav", "c.wav"]) write(name);
    write("cut.wav", "RIFF\u0010\0\0\0WAVEfmt ");
    write("list", list.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    write(
      ".config/asr/config.yaml",
      "providers: { stepfun: { pricePerHour: 3600, currency: CNY } }\n",
    );
    const words = ["transcribe", "--from", "list", "-o", "out", "-p", "stepfun", "-j", "1"];
    const first = await run([...words, "-f", "txt,json"], { ...env, LARK_APP_SECRET: "wrong" });
    expect(first.code).toBe(8);
    expect(results()).toEqual(["mon/one.json", "mon/one.txt"]);
  });

  it("is told in short", async () => {
    const { code, stdout, stderr } = await batch("status", "out");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^out: 5 inputs\n/);
    expect(stdout).toMatch(/\ndone +1\nfailed +3\nrunning +0\nwaiting +1\naudio +5\.3 s\n/);
    expect(stdout).toMatch(/\nbilled +5\.3 s\nspent +5\.\d+ CNY\n/);
    expect(stdout).toMatch(/\n {2}1 {2}audio +no such file\n/);
    expect(stdout).toMatch(/\n {2}1 {2}credentials \d+ /);
    expect(stdout).toMatch(/\nasr batch retry out .*\nasr batch report out .*\n$/);
    expect(stdout).not.toContain("interrupted");
  });

  it("is told to programs", async () => {
    const { stdout } = await batch("status", "out", "--json");
    const { folder, total, failures, runs, spend } = STATUS.parse(JSON.parse(stdout));
    expect({ folder, runs }).toEqual({ folder: file("out"), runs: [] });
    expect(total).toMatchObject({ inputs: 5, done: 1, failed: 3, waiting: 1, running: 0 });
    expect(failures.map(({ code }) => code).sort()).toEqual(["audio", "audio", "credentials"]);
    expect(spend).toEqual([{ amount: expect.closeTo(5.3, 0), currency: "CNY" }]);
  });

  it("is told with every input that failed, and sums by provider and tag", async () => {
    const { code, stdout } = await batch("report", "out");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n1 failed: audio: no such file\n {2}try: .*\n.*\/gone\.wav \(1 try\)/);
    expect(stdout).toMatch(/\/b\.wav \(1 try; request \S+\)/);
    expect(stdout).toMatch(/\nPROVIDER +DONE .*\nlark-file +0 +1 +0 +0 +1 .*\nstepfun +1 +2 /);
    expect(stdout).toMatch(/\nTAG +DONE .*\nloud +0 +2 .*\nnight +1 +1 /);
  });

  it("is told to programs with every input", async () => {
    const { stdout } = await batch("report", "out", "--json");
    const { inputs, tags, providers } = REPORT.parse(JSON.parse(stdout));
    expect(inputs.map(({ path: name, state }) => [path.basename(name), state])).toEqual([
      ["a.wav", "done"],
      ["cut.wav", "failed"],
      ["gone.wav", "failed"],
      ["b.wav", "failed"],
      ["c.wav", "waiting"],
    ]);
    const [done, , gone, refused] = inputs;
    expect(done).toMatchObject({
      ...{ path: file("a.wav"), tries: 1, language: "en", reference: "said", tags: ["night"] },
      ...{ duration: expect.closeTo(5.3, 0), request_ids: [expect.any(String)] },
      outputs: [{ path: "mon/one.json" }, { path: "mon/one.txt" }],
      parts: [{ request_id: expect.any(String) }],
    });
    expect(gone?.error).toMatchObject({ code: "audio", exit_code: 3, retryable: false });
    expect(refused?.error).toMatchObject({ code: "credentials", provider: "lark-file" });
    expect(tags.map(({ tag }) => tag)).toEqual(["loud", "night"]);
    expect(providers.map(({ provider }) => provider)).toEqual(["lark-file", "stepfun"]);
  });

  it("is done to its end once the causes are gone, as its list had asked, and once", async () => {
    for (const name of ["cut.wav", "gone.wav"]) write(name);
    const before = stepfun.vendor.requests.length;
    // From elsewhere: what was relative is where it was.
    const words = ["batch", "retry", file("out")];
    const again = await run([...words, "-q"], env, temporaryFolder());
    expect(again).toEqual({ code: 0, stdout: "", stderr: "" });
    const names = ["b", "c", "gone", "mon/one", "mon/two"];
    expect(results()).toEqual(names.flatMap((name) => [`${name}.json`, `${name}.txt`]));
    const sent = stepfun.vendor.requests.slice(before).map(({ body }) => JSON.stringify(body));
    expect(sent.map((body) => body.includes('"en"')).sort()).toEqual([false, true]);
    const result = JSON.parse(readFileSync(file("out/c.json"), "utf8"));
    expect(result).toMatchObject({ provider: "lark-file" });
    const third = await run(words, env);
    expect(third).toMatchObject({ code: 0, stdout: "" });
    expect(third.stderr).toContain("nothing to retry");
    expect(stepfun.vendor.requests).toHaveLength(before + 2);
    expect((await batch("status", "out")).stdout).toMatch(/\ndone +5\nfailed +0\n/);
    expect((await batch("status", "out")).stdout).not.toContain("asr batch");
  });

  it("fails again as before where nothing was mended, and says what is left", async () => {
    const again = await run(["batch", "retry", "out"], { ...env, LARK_APP_SECRET: "wrong" });
    expect(again.code).toBe(8);
    expect(again.stderr).toMatch(/3 of 4 inputs failed, 1 that would fail alike are left/);
    expect(again.stderr).toMatch(/asr batch retry out/);
    const { stdout } = await batch("report", "out", "--json");
    expect(REPORT.parse(JSON.parse(stdout)).inputs.map(({ tries }) => tries)).toEqual([
      1, 2, 2, 2, 0,
    ]);
  });

  it("is looked at beforehand, with nothing sent and nothing changed", async () => {
    const before = [stepfun.vendor.requests.length, lark.vendor.requests.length];
    const { code, stdout } = await batch("retry", "out", "--dry-run");
    expect(code).toBe(8);
    expect(stdout).toMatch(/\nb\.wav .*lark-file/);
    expect([stepfun.vendor.requests.length, lark.vendor.requests.length]).toEqual(before);
    const status = await batch("status", "out", "--json");
    expect(STATUS.parse(JSON.parse(status.stdout)).total.tries).toBe(4);
  });

  it("keeps no secret of any vendor", () => {
    const bytes = readFileSync(file(`out/${LEDGER}`));
    const secrets = [...stepfun.secrets, ...lark.secrets, "wrong"];
    for (const secret of secrets) expect(bytes.includes(secret)).toBe(false);
  });
});

describe("asr batch retry", () => {
  it("gives each input the flags of its own order, and those given now first", async () => {
    for (const name of ["one.wav", "two.wav"]) write(name, "no audio");
    const common = ["-o", "out/", "-p", "stepfun"];
    await run(["transcribe", "one.wav", ...common, "-f", "json", "-l", "en"]);
    await run(["transcribe", "two.wav", ...common, "--hotword", "stepping"]);
    for (const name of ["one.wav", "two.wav"]) write(name);
    expect(await batch("retry", "out", "-l", "ja", "-q")).toMatchObject({ code: 0, stderr: "" });
    expect(results()).toEqual(["one.json", "two.txt"]);
    const sent = stepfun.vendor.requests.map(({ body }) => JSON.stringify(body));
    expect(sent.map((body) => [body.includes('"ja"'), body.includes("stepping")])).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  it("writes where the folder is now, whatever the environment says", async () => {
    write("a.wav", "no audio");
    await run(["transcribe", "a.wav", "-o", "first/", "-p", "stepfun"]);
    write("a.wav");
    mkdirSync(file("out"));
    copyFileSync(file(`first/${LEDGER}`), file(`out/${LEDGER}`));
    const env = { ...stepfun.env, ASR_OUTPUT: "elsewhere", ASR_RESUME: "no" };
    expect(await run(["batch", "retry", "out"], env)).toMatchObject({ code: 0 });
    expect(results()).toEqual(["a.txt"]);
    expect(existsSync(file("elsewhere"))).toBe(false);
    expect((await batch("status", "out")).stdout).toMatch(/\ndone +1\n/);
  });

  it("says that stdin can't be read again, and does the others", async () => {
    write("a.wav", "no audio");
    const words = ["transcribe", "-", "a.wav", "-o", "out", "-p", "stepfun"];
    await asrInProcess(words, { cwd, env: stepfun.env, stdin: "no audio" });
    write("a.wav");
    const { code, stderr } = await batch("retry", "out");
    expect(code).toBe(8);
    expect(stderr).toContain("stdin can't be read again");
    expect(stderr).toContain("1 of 2 inputs failed");
    expect(results()).toEqual(["a.txt"]);
  });

  it("goes on with the other orders where one can't be begun", async () => {
    for (const name of ["one.wav", "two.wav"]) write(name, "no audio");
    const lark = await openVendor("lark-file");
    const both = { ...stepfun.env, ...lark.env };
    await run(["transcribe", "one.wav", "-o", "out/", "-p", "lark-file"], both);
    await run(["transcribe", "two.wav", "-o", "out/", "-p", "stepfun"], both);
    for (const name of ["one.wav", "two.wav"]) write(name);
    const { code, stderr } = await batch("retry", "out");
    expect({ code, results: results() }).toEqual({ code: 8, results: ["two.txt"] });
    expect(stderr).toContain("LARK_APP_SECRET");
  });

  it("asks again for the settings file that another could have written into the ledger", async () => {
    write("a.wav", "no audio");
    write("my.yaml", "language: en\n");
    await run(["transcribe", "a.wav", "-o", "out/", "-p", "stepfun", "--config", "my.yaml"]);
    write("a.wav");
    const refused = await batch("retry", "out");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`add --config ${file("my.yaml")}`);
    expect(stepfun.vendor.requests).toEqual([]);
    expect(await batch("retry", "out", "--config", "my.yaml")).toMatchObject({ code: 0 });
  });
});

it("asr batch retry writes nothing outside the folder, whatever its ledger says", async () => {
  write("a.wav", "no audio");
  await run(["transcribe", "a.wav", "-o", "out/", "-p", "stepfun"]);
  write("a.wav");
  const database = new DatabaseSync(file(`out/${LEDGER}`));
  database.exec("UPDATE inputs SET relative_path = '../evil.wav'");
  database.close();
  const { code, stderr } = await batch("retry", "out");
  expect({ code, isThere: existsSync(file("evil.txt")) }).toEqual({ code: 2, isThere: false });
  expect(stderr).toContain("not inside the output folder");
  expect(stepfun.vendor.requests).toEqual([]);
});

describe("a folder", () => {
  it.each(["status", "report", "retry"])("without a ledger has no %s", async (verb) => {
    mkdirSync(file("empty"));
    for (const out of ["empty", "none"]) {
      const { code, stdout, stderr } = await batch(verb, out);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/there is no ledger in .*\n {2}try: .*asr transcribe/);
    }
    expect(readdirSync(file("empty"))).toEqual([]);
    expect(existsSync(file("none"))).toBe(false);
  });

  it("tells of names and messages without what moves a cursor", async () => {
    write("list", "gone\u001b[31m\u202e.wav\n");
    await run(["transcribe", "--from", "list", "-o", "out", "-p", "stepfun"]);
    for (const verb of ["status", "report"]) {
      const { stdout } = await batch(verb, "out");
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
    }
    const { stdout } = await batch("report", "out", "--json");
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(JSON.parse(stdout).inputs[0].path).toBe(file("gone\u001b[31m\u202e.wav"));
  });

  it("tells of a run that is at work, and shares what it works on", async () => {
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const busy = await openVendor("tencent-flash", {
      recognise: async () => {
        await answered;
        return [{ text: "hi", startMs: 0, endMs: 100 }];
      },
    });
    for (const name of ["in/a.wav", "in/b.wav"]) write(name);
    const words = ["transcribe", "in", "-o", "out", "-p", "tencent-flash", "-j", "1"];
    const working = run(words, busy.env);
    await busy.vendor.waitFor(() => true);
    const { stdout } = await batch("status", "out");
    expect(stdout).toMatch(/\nrunning +1\nwaiting +1\n/);
    expect(stdout).toMatch(
      new RegExp(`\nat work:\n  process ${process.pid} on \\S+ since \\d{4}-.*, 1 input now\n`),
    );
    answer();
    expect(await working).toMatchObject({ code: 0 });
    expect((await batch("status", "out")).stdout).toMatch(/\ndone +2\n/);
  });

  it("tells what a killed run left, and retry does it", async () => {
    const hold = new Promise<never>(() => {});
    let isHeld = true;
    const slow = await openVendor("tencent-flash", {
      recognise: () => (isHeld ? hold : [{ text: "hi", startMs: 0, endMs: 100 }]),
    });
    for (const name of ["in/a.wav", "in/b.wav"]) write(name);
    const words = ["transcribe", "in", "-o", "out", "-p", "tencent-flash", "-j", "1"];
    await asr(words, {
      cwd,
      env: slow.env,
      started: (child) => void slow.vendor.waitFor(() => true).then(() => child.kill("SIGKILL")),
    });
    isHeld = false;
    const { stdout } = await batch("status", "out");
    expect(stdout).toMatch(/\nrunning +0\ninterrupted +1\nwaiting +1\n/);
    expect(stdout).not.toContain("at work");
    expect(await run(["batch", "retry", "out"], slow.env)).toMatchObject({ code: 0 });
    expect(results()).toEqual(["a.txt", "b.txt"]);
  });
});
