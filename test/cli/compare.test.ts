import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Recognise } from "../vendors/server/hearing.ts";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, temporaryFolder } from "./run.ts";
import { openVendor, type VendorId } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

const hears =
  (text: string): Recognise =>
  ({ durationMs }) => [{ startMs: 0, endMs: durationMs, text }];

/** Each provider hears a text of its own. */
async function vendorsThatHear(texts: Partial<Record<VendorId, string>>) {
  const opened = await Promise.all(
    Object.entries(texts).map(([id, text]) =>
      openVendor(id as VendorId, { recognise: hears(text) }),
    ),
  );
  return {
    env: Object.assign({}, ...opened.map(({ env }) => env)) as Record<string, string>,
    vendors: opened.map(({ vendor }) => vendor),
  };
}

const TEXTS = {
  "tencent-flash": "今天天气很好我们走吧",
  stepfun: "今天天汽很好我们",
  "feishu-file": "今天天气很好我们走吧",
};
const ALL = "tencent-flash,stepfun,feishu-file";

describe("asr compare", () => {
  it("shows who agrees, where they differ, and what it took", async () => {
    const { env } = await vendorsThatHear(TEXTS);
    const { code, stdout, stderr } = await asrInProcess(["compare", CLIP, "--providers", ALL], {
      env,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^tencent-flash +\d+\.\d s +5\.3 s +1/m);
    // Three errors of ten, or of eight.
    expect(stdout).toMatch(/^tencent-flash +30\.00% +0\.00%$/m);
    expect(stdout).toMatch(/^stepfun +37\.50% +37\.50%$/m);
    expect(stdout).toContain("stepfun beside tencent-flash: 今天天[-气-]{+汽+}很好我们[-走吧-]");
    expect(stdout).toContain("feishu-file beside tencent-flash: the same");
  });

  it("says the same as JSON, with both directions and the price where one is set", async () => {
    const { env } = await vendorsThatHear(TEXTS);
    const cwd = temporaryFolder();
    await writeFile(
      path.join(cwd, ".asrrc"),
      "providers: {stepfun: {pricePerHour: 36, currency: CNY}}\n",
    );
    const words = ["compare", CLIP, "--providers", "tencent-flash,stepfun", "--json"];
    const { stdout } = await asrInProcess(words, { env, cwd });
    const report = JSON.parse(stdout);
    expect(report.agreement).toMatchObject([
      { reference_provider: "tencent-flash", rate: 0.3, errors: 3, deletions: 2, insertions: 0 },
      { reference_provider: "stepfun", rate: 0.375, errors: 3, deletions: 0, insertions: 2 },
    ]);
    const [{ duration, results, against }] = report.files;
    expect({ duration, against }).toEqual({ duration: 5.3, against: "tencent-flash" });
    expect(results[1]).toMatchObject({ text: TEXTS.stepfun, cost: 0.053, currency: "CNY" });
    expect(results[0]).not.toHaveProperty("cost");
  });

  it("scores each beside what was said", async () => {
    const { env } = await vendorsThatHear(TEXTS);
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "said.txt"), "今天天汽很好，我们走吧。");
    const words = [
      "compare",
      CLIP,
      "--providers",
      "tencent-flash,stepfun",
      "--reference",
      "said.txt",
    ];
    const { stdout } = await asrInProcess(words, { env, cwd });
    expect(stdout).toMatch(/PROVIDER .*MIXED +WER +CER/);
    expect(stdout).toMatch(/^tencent-flash .* 10\.00% +100\.00% +10\.00%$/m);
    expect(stdout).toMatch(/^stepfun .* 20\.00% +100\.00% +20\.00%$/m);
    expect(stdout).toContain("tencent-flash beside reference: 今天天[-汽-]{+气+}很好我们走吧");
  });

  it("goes on with the others where one fails: exit 8", async () => {
    const { env, vendors } = await vendorsThatHear(TEXTS);
    await vendors[1]?.close();
    const words = ["compare", CLIP, "--providers", ALL, "--retries", "0"];
    const { code, stdout, stderr } = await asrInProcess(words, { env });
    expect(code).toBe(8);
    expect(stderr).toContain("(stepfun)");
    expect(stderr).toContain("1 of 3 recognitions failed");
    expect(stdout).toMatch(/^stepfun .*1 failed$/m);
    expect(stdout).toMatch(/^tencent-flash +– +0\.00%$/m);
  });

  it("sends nothing to any before all have what they need", async () => {
    const { env, vendors } = await vendorsThatHear({ "tencent-flash": "x", stepfun: "x" });
    const { STEPFUN_API_KEY: _, ...without } = env;
    const cwd = temporaryFolder();
    const run = (words: readonly string[], environment = env) =>
      asrInProcess(["compare", CLIP, "--providers", "tencent-flash,stepfun", ...words], {
        env: environment,
        cwd,
      });
    expect(await run([], without)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("STEPFUN_API_KEY"),
    });
    expect(await run(["-l", "xx"])).toMatchObject({ code: 2, stdout: "" });
    expect(await run(["--reference", "nowhere.txt"])).toMatchObject({ code: 3 });
    await writeFile(path.join(cwd, "broken.json"), "{");
    expect(await run(["--reference", "broken.json"])).toMatchObject({ code: 3 });
    expect(vendors.flatMap(({ requests }) => requests)).toEqual([]);
  });

  it("is recorded and replayed as one, without network and credentials", async () => {
    const { env, vendors } = await vendorsThatHear(TEXTS);
    const cwd = temporaryFolder();
    const words = ["compare", CLIP, "--providers", ALL, "--json"];
    const recorded = await asrInProcess([...words, "--record", "tape"], { env, cwd });
    expect(recorded).toMatchObject({ code: 0, stderr: "" });
    for (const vendor of vendors) await vendor.close();
    const replayed = await asrInProcess([...words, "--replay", "tape"], { cwd });
    expect(replayed).toMatchObject({ code: 0, stderr: "" });
    const timeless = (text: string) => text.replace(/"elapsed_seconds": [\d.]+/g, "");
    expect(timeless(replayed.stdout)).toBe(timeless(recorded.stdout));
  });

  it.each([
    ["one provider", [CLIP, "--providers", "stepfun"], "two providers are needed"],
    ["none", [CLIP], "two providers are needed"],
    ["one that there is not", [CLIP, "--providers", "stepfun,tencnt-flash"], "tencent-flash"],
    ["stdin", ["-", "--providers", "local,stepfun"], "stdin can be heard only once"],
  ])("refuses %s: exit 2", async (_, words, message) => {
    const { code, stderr } = await asrInProcess(["compare", ...words]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
