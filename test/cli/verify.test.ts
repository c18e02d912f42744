import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asrInProcess } from "./in-process.ts";
import { asr, ROOT, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";
import { caseFolder, SAID } from "./verify-world.ts";
import { parseXml } from "./xml.ts";

const FLASH =
  "audio: talk.wav\nprovider: tencent-flash\noptions: {language: en, format: json, style: plain}\n";

describe("asr verify", () => {
  it("passes the project's own cases, through the built command, with nothing but the result", async () => {
    const { code, stdout, stderr } = await asr(["verify", path.join(ROOT, "fixtures/cases")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^10 cases: 10 passed \(\d+\.\d s\)\n$/);
  });

  it("says what differs, how to see more, and ends with 9", async () => {
    const { run } = await caseFolder(["talk"], {
      "talk.expected.txt": SAID.replace("selfish", "shellfish"),
    });
    const { code, stdout, stderr } = await run();
    expect(code).toBe(9);
    expect(stdout).toContain("FAILED   talk  tencent-flash  talk.expected.txt differs");
    expect(stdout).toContain("- and rather shellfish is to be ill disposed.");
    expect(stdout).toContain("+ and rather selfish is to be ill disposed.");
    expect(stdout).toContain("more: asr verify cases --name talk -v");
    expect(stdout).toContain("1 case: 0 passed, 1 failed");
    expect(stderr).toContain("1 of 1 cases failed");
  });

  it("lists what passed with -v alone, which names no host", async () => {
    const { run } = await caseFolder(["talk"], { "talk.expected.txt": SAID });
    expect((await run()).stdout).toMatch(/^1 case: 1 passed/);
    const { stdout, stderr } = await run(["-v"]);
    expect(stdout).toContain("ok       talk  tencent-flash");
    expect(stderr).not.toContain("tencent.com");
  });

  it("says where there is nothing to do: exit 2", async () => {
    const { run, cwd } = await caseFolder(["talk"], { "talk.expected.txt": SAID });
    const nothing = await asrInProcess(["verify", "."], { cwd: temporaryFolder() });
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining("no case in .") });
    const missing = await asrInProcess(["verify", "nowhere"], { cwd });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining("no such folder") });
    const filtered = await run(["--name", "other*"]);
    expect(filtered).toMatchObject({ code: 2, stderr: expect.stringContaining("none of the 1") });
    const expected = await caseFolder([], { "talk.expected.txt": SAID });
    const alone = await expected.run();
    expect(alone).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no recording beside"),
    });
  });

  it("takes only those of a name, a tag or a provider", async () => {
    const { report } = await caseFolder(["talk", "zh/talk"], {
      "talk.expected.txt": SAID,
      "zh/talk.case.yaml": `${FLASH}tags: [night, zh]\n`,
      "zh/talk.expected.txt": SAID,
    });
    const names = async (...words: string[]): Promise<string[]> =>
      (await report(words)).cases.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(["talk", "zh/talk"]);
    expect(await names("--name", "zh/*")).toEqual(["zh/talk"]);
    expect(await names("--name", "t*", "--name", "zh/t?lk")).toEqual(["talk", "zh/talk"]);
    expect(await names("--tag", "night")).toEqual(["zh/talk"]);
    expect(await names("--only-provider", "tencent-flash,stepfun")).toEqual(["talk", "zh/talk"]);
  });

  it("says the same with -j 8 and -j 1", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const files = names.map((name, index) => [
      `${name}.expected.txt`,
      index % 3 === 0 ? "Other words.\n" : SAID,
    ]);
    const { report } = await caseFolder(names, Object.fromEntries(files));
    const told = async (concurrency: string) => {
      const { cases, ...rest } = await report(["-j", concurrency]);
      return { ...rest, cases: cases.map((one: object) => ({ ...one, seconds: 0 })) };
    };
    const one = await told("1");
    expect(one).toMatchObject({ total: 12, passed: 8, failed: 4 });
    expect(await told("8")).toEqual(one);
  });

  it("tells only what is shown from the environment, and reads no settings file", async () => {
    const { run, cwd, folder } = await caseFolder(["talk"], { "talk.expected.txt": SAID });
    const hostile = "language: zh\nspeakers: true\njson: true\nsetUnchecked: {x: '1'}\n";
    await writeFile(path.join(cwd, ".asrrc"), hostile);
    await writeFile(path.join(folder, ".asrrc"), "what: is this");
    const env = { ASR_LANGUAGE: "zh", ASR_PROVIDER: "local", ASR_RATE: "x", ASR_REPLAY: "y" };
    expect(await run([], { env })).toMatchObject({ code: 0, stderr: "" });
    const shown = await run([], { env: { ...env, ASR_JSON: "1" } });
    expect(JSON.parse(shown.stdout)).toMatchObject({ passed: 1 });
    const asked = await run(["--config", ".asrrc"]);
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining("is for --live") });
  });
});

describe("a case that can't be recognised", () => {
  it("fails where the recording has no answer, with what was asked", async () => {
    const { report } = await caseFolder(["talk"], {
      "talk.expected.txt": SAID,
      "talk.case.yaml": FLASH.replace("language: en", "language: zh"),
    });
    const [{ status, problems }] = (await report()).cases;
    expect(status).toBe("error");
    expect(problems).toMatchObject([
      {
        code: "recognition",
        message: expect.stringContaining("the recording has no answer"),
        reason: expect.stringContaining("asked 16k_zh, recorded 16k_en"),
        hint: expect.stringContaining("--live"),
      },
    ]);
  });

  it.each([
    ["cut off", "0001-tencent-flash-recognize.json", '{"schema_version": 1', "ends too early"],
    ["empty", "cassette.json", "", "ends too early"],
    ["of a newer version", "cassette.json", '{"schema_version": 99}', "schema_version 99"],
  ])("fails where its recording is %s, and others go on", async (_, file, content, reason) => {
    const { report, write } = await caseFolder(["a", "b"], {
      "a.expected.txt": SAID,
      "b.expected.txt": SAID,
    });
    await write(`a.cassette/${file}`, content);
    const { cases } = await report();
    expect(cases).toMatchObject([{ status: "error" }, { status: "passed" }]);
    expect(cases[0].problems[0]).toMatchObject({ reason: expect.stringContaining(reason) });
    // Reports are read on other machines.
    expect(cases[0].problems[0].message).not.toContain("cases/");
  });

  it("fails where recorded answers are left over", async () => {
    const { report, read, write } = await caseFolder(["talk"], { "talk.expected.txt": SAID });
    const answer = await read("talk.cassette/0001-tencent-flash-recognize.json");
    const other = JSON.stringify({ ...JSON.parse(answer), call: "other-1" });
    await write("talk.cassette/0002-tencent-flash-recognize.json", other);
    const [{ status, problems }] = (await report()).cases;
    expect({ status, code: problems[0].code }).toEqual({ status: "failed", code: "unused" });
    expect(problems[0].message).toBe("the recording holds 1 request that nobody made");
  });

  it("fails where the audio is another, or is not there", async () => {
    const { report, folder } = await caseFolder(["talk"], {
      "talk.expected.txt": SAID,
      "talk.case.yaml": FLASH,
    });
    await rm(path.join(folder, "talk.wav"));
    const [{ problems }] = (await report()).cases;
    expect(problems[0]).toMatchObject({
      code: "recognition",
      message: expect.stringMatching(/talk.wav/),
    });
  });

  it.each([
    ["an unknown key", "audio: a.wav\nexpcted: a.txt\n", 'did you mean "expected"?'],
    ["an unknown option", "audio: a.wav\noptions: {langage: en}\n", 'did you mean "language"?'],
    ["a provider in its options", "audio: a.wav\noptions: {provider: local}\n", "beside"],
    ["a path for a model", "audio: a.wav\noptions: {model: ../m}\n", "can't be a path"],
    ["an unknown provider", "audio: a.wav\nprovider: stepfn\n", 'did you mean "stepfun"?'],
    ["a wrong limit", "audio: a.wav\nmax_cer: 5%\n", "must be a rate"],
    ["no audio", "provider: stepfun\n", 'add "audio:"'],
    ["code in it", "audio: !!js/function 'x'\n", "is not YAML"],
    ["an unknown format", "audio: a.wav\nexpected: a.docx\n", "no transcript format"],
  ])("is refused with %s before anything is run: exit 2", async (_, yaml, hint) => {
    const { run } = await caseFolder([], { "a.case.yaml": yaml });
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(hint);
    expect(stderr).toContain("a.");
  });
});

describe("what a case compares", () => {
  const CUES = "1\n00:00:00,240 --> 00:00:02,900\nUnless to be rather cold hearted\n\n";
  const MORE = "2\n00:00:02,980 --> 00:00:05,100\nand rather selfish is to be ill disposed.\n";

  it("is each format, whatever the line ends", async () => {
    const { run } = await caseFolder(["talk"], {
      "talk.case.yaml": FLASH,
      "talk.expected.srt": `\ufeff${CUES}${MORE}`.replaceAll("\n", "\r\n"),
      "talk.expected.tsv":
        "start\tend\ttext\tspeaker\tchannel\n240\t2900\tUnless to be rather cold hearted\t\t\n2980\t5100\tand rather selfish is to be ill disposed.\t\t\n",
    });
    expect(await run()).toMatchObject({ code: 0 });
  });

  it("is JSON without request ids, the recording's name and the order of its keys", async () => {
    const { run, read, write } = await caseFolder(["talk"], { "talk.expected.json": "" });
    expect(await run(["--update"])).toMatchObject({ code: 0 });
    const { source, segments, ...rest } = JSON.parse(await read("talk.expected.json"));
    const other = { segments, ...rest, source: { ...source, name: "x" }, request_ids: ["x"] };
    await write("talk.expected.json", JSON.stringify(other));
    expect(await run()).toMatchObject({ code: 0 });
    const changed = { ...other, source: { ...source, sha256: "0" } };
    await write("talk.expected.json", JSON.stringify(changed));
    expect(await run()).toMatchObject({
      code: 9,
      stdout: expect.stringContaining('-     "sha256"'),
    });
  });

  it("allows times to be off by the tolerance, and tells by how much they are", async () => {
    const { run, write } = await caseFolder(["talk"], {
      "talk.case.yaml": `${FLASH}cue_tolerance: 0.1\n`,
      "talk.expected.srt": CUES.replace(",900", ",950") + MORE,
    });
    expect(await run()).toMatchObject({ code: 0 });
    await write("talk.case.yaml", `${FLASH}cue_tolerance: 0.04\n`);
    const { code, stdout } = await run();
    expect(code).toBe(9);
    expect(stdout).toContain("1 of 4 times are off by more than 0.04 s, at most by −0.050 s");
    expect(stdout).toContain("+ 00:00:00,240 --> 00:00:02,900  (0 s, −0.050 s)");
    await write("talk.expected.srt", `${CUES.replace("cold", "warm")}${MORE}`);
    expect((await run()).stdout).toContain("- Unless to be rather warm hearted");
  });

  it("is rates where there are limits, by the named normalisation", async () => {
    const yaml = (more: string) => `${FLASH}expected: said.txt\n${more}`;
    const { report, write } = await caseFolder(["talk"], {
      "talk.case.yaml": yaml("max_wer: 0.05\nmax_cer: 0.1\n"),
      "said.txt": "UNLESS to be rather cold-minded and rather selfish, is to be ill disposed",
    });
    const [failed] = (await report()).cases;
    expect(failed).toMatchObject({ status: "failed", problems: [{ code: "threshold" }] });
    expect(failed.rates.wer.rate).toBeCloseTo(1 / 14, 3);
    expect(failed.rates.cer.rate).toBeLessThan(0.1);
    await write("talk.case.yaml", yaml("max_wer: 0.2\n"));
    expect((await report()).cases[0].status).toBe("passed");
    await write("talk.case.yaml", yaml("max_wer: 0.2\nnormalize: none\n"));
    expect((await report()).cases[0].status).toBe("failed");
  });
});

describe("asr verify --update", () => {
  it("writes what differs, says what changed, and leaves the rest alone", async () => {
    const { run, read } = await caseFolder(["talk"], {
      "talk.expected.txt": SAID.replace("selfish", "shellfish"),
      "talk.expected.srt": "",
    });
    const { code, stdout } = await run(["--update"]);
    expect(code).toBe(0);
    expect(stdout).toContain("UPDATED  talk  tencent-flash  talk.expected.srt, talk.expected.txt");
    expect(stdout).toContain("- and rather shellfish is to be ill disposed.");
    expect(await read("talk.expected.txt")).toBe(SAID);
    expect(await read("talk.expected.srt")).toContain("00:00:00,240 --> 00:00:05,600");
    expect(await run(["--update"])).toMatchObject({
      stdout: expect.stringMatching(/^1 case: 1 passed \(/),
    });
  });

  it("writes nothing where the recognition failed, or answers are left over", async () => {
    const { run, read, write } = await caseFolder(["a", "b"], {
      "a.expected.txt": "before\n",
      "b.expected.txt": "before\n",
    });
    await write("a.cassette/0001-tencent-flash-recognize.json", "{");
    const answer = await read("b.cassette/0001-tencent-flash-recognize.json");
    const other = JSON.stringify({ ...JSON.parse(answer), call: "other-1" });
    await write("b.cassette/0002-tencent-flash-recognize.json", other);
    expect(await run(["--update"])).toMatchObject({ code: 9 });
    expect(await read("a.expected.txt")).toBe("before\n");
    expect(await read("b.expected.txt")).toBe("before\n");
  });

  it("never makes what was said out of what was heard", async () => {
    const { run, read } = await caseFolder(["talk"], {
      "talk.case.yaml": `${FLASH}expected: said.txt\nmax_wer: 0\n`,
      "said.txt": "Something else.\n",
    });
    expect(await run(["--update"])).toMatchObject({ code: 9 });
    expect(await read("said.txt")).toBe("Something else.\n");
  });
});

describe("a case of somebody else", () => {
  it.each([
    ["named by the case", FLASH.replace("format: json", "format: txt"), false],
    ["behind a link", undefined, true],
  ])("can't have a file written that is outside of its folder: %s", async (_, yaml, isLink) => {
    const { run, folder, cwd } = await caseFolder(["talk"], {
      ...(yaml === undefined ? {} : { "talk.case.yaml": `${yaml}expected: ../own.txt\n` }),
    });
    await writeFile(path.join(cwd, "own.txt"), "mine\n");
    if (isLink) await symlink("../own.txt", path.join(folder, "talk.expected.txt"));
    const { code, stdout } = await run(["--update"]);
    expect(code).toBe(9);
    expect(stdout).toContain("is outside of the folder of the cases");
    expect(await readFile(path.join(cwd, "own.txt"), "utf8")).toBe("mine\n");
  });

  it.each([
    ["..", "is outside of the folder of the cases"],
    ["../../kept", "is outside of the folder of the cases"],
    [".", "holds more than recorded answers"],
  ])("can't have the folder %s replaced by a recording", async (cassette, message) => {
    const { vendor, env } = await openVendor("tencent-flash");
    const { run, cwd } = await caseFolder(["in/talk"], {
      "in/talk.case.yaml": `${FLASH}cassette: ${cassette}\n`,
      "in/talk.expected.json": "{}",
    });
    await mkdir(path.join(cwd, "kept"));
    await writeFile(path.join(cwd, "kept", "own.txt"), "mine\n");
    const before = await readdir(cwd, { recursive: true });
    const { code, stdout } = await run(["--live"], { env });
    expect({ code, asked: vendor.requests.length }).toEqual({ code: 9, asked: 0 });
    expect(stdout).toContain(message);
    expect((await readdir(cwd, { recursive: true })).sort()).toEqual(before.sort());
  });
});

describe("asr verify --junit", () => {
  /** Attributes that readers know: junit-10.xsd of Jenkins' xUnit plugin. */
  const KNOWN: Readonly<Record<string, readonly string[]>> = {
    testsuites: ["name", "time", "tests", "failures", "errors", "disabled"],
    testsuite: ["name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"],
    testcase: ["name", "classname", "time", "status", "assertions"],
    failure: ["message", "type"],
    error: ["message", "type"],
  };

  it("writes XML that any reader takes, with all that could break it", async () => {
    const wild = `<a> & "b" ]]> \u0007\u001b[31m \ud800 \ufffe 中`;
    const { run, cwd, write } = await caseFolder(["zh/talk", "bad", "good"], {
      "zh/talk.expected.txt": `${wild}\n`,
      "bad.expected.txt": SAID,
      "good.expected.txt": SAID,
    });
    await write("bad.cassette/cassette.json", "");
    const { code } = await run(["--junit", "out/results.xml"]);
    expect(code).toBe(9);
    const root = parseXml(await readFile(path.join(cwd, "out/results.xml"), "utf8"));
    const [suite] = root.children;
    const cases = suite?.children ?? [];
    for (const element of [
      root,
      ...root.children,
      ...cases,
      ...cases.flatMap((one) => one.children),
    ]) {
      expect(KNOWN[element.name]).toEqual(expect.arrayContaining(Object.keys(element.attributes)));
    }
    expect(suite?.attributes).toMatchObject({ tests: "3", failures: "1", errors: "1" });
    expect(cases.map(({ attributes }) => [attributes.classname, attributes.name])).toEqual([
      ["asr", "bad"],
      ["asr", "good"],
      ["asr.zh", "talk"],
    ]);
    expect(cases.map(({ children }) => children[0]?.name)).toEqual(["error", undefined, "failure"]);
    expect(cases[2]?.children[0]?.text).toContain(`- <a> & "b" ]]> [31m`);
  });

  it("looks whether it can write there before it runs anything", async () => {
    const { run } = await caseFolder(["talk"], { "talk.expected.txt": SAID, file: "" });
    const { code, stdout } = await run(["--junit", "cases/file/results.xml"]);
    expect({ code, stdout }).toEqual({ code: 10, stdout: "" });
  });
});

describe("asr verify --live", () => {
  it("says the cost first, records anew, and is judged by what was recorded", async () => {
    const { vendor, env } = await openVendor("tencent-flash");
    const { run, read, folder, cwd } = await caseFolder(["talk"], { "talk.expected.txt": SAID });
    await writeFile(
      path.join(cwd, ".asrrc"),
      "providers: {tencent-flash: {pricePerHour: 36, currency: CNY}}\n",
    );
    const before = await read("talk.cassette/cassette.json");
    const live = await run(["--live"], { env });
    expect(live.code).toBe(9);
    expect(live.stderr).toContain("asking tencent-flash: 1 recordings, 1 requests");
    expect(live.stderr).toContain("about 0.0530 CNY");
    expect(live.stdout).toContain("talk.expected.txt differs");
    expect(await read("talk.cassette/cassette.json")).not.toBe(before);
    expect(JSON.parse(await read("talk.cassette/cassette.json")).settings).toMatchObject({
      provider: "tencent-flash",
      language: "en",
    });
    expect(await run(["--live", "--update"], { env })).toMatchObject({ code: 0 });
    await vendor.close();
    expect(await run()).toMatchObject({ code: 0, stderr: "" });
    expect((await readdir(folder)).sort()).toEqual([
      "talk.cassette",
      "talk.expected.txt",
      "talk.wav",
    ]);
  });

  it("keeps the old recording and the expectation where the vendor refuses", async () => {
    const faults = [
      {
        at: ({ path: called }: { path: string }) => called.startsWith("/asr/flash"),
        fault: { kind: "code", code: 4001 } as const,
      },
    ];
    const { env } = await openVendor("tencent-flash", { faults });
    const { run, read, folder } = await caseFolder(["talk"], { "talk.expected.txt": "other\n" });
    const before = await read("talk.cassette/cassette.json");
    const { code, stdout } = await run(["--live", "--update"], { env });
    expect(code).toBe(9);
    expect(stdout).toContain("FAILED");
    expect(await read("talk.cassette/cassette.json")).toBe(before);
    expect(await read("talk.expected.txt")).toBe("other\n");
    expect(await readdir(folder)).toHaveLength(3);
  });

  it("looks at the credentials of every case before anything is sent", async () => {
    const { vendor, env } = await openVendor("tencent-flash");
    const { run } = await caseFolder(["a", "b"], {
      "a.expected.txt": SAID,
      "b.expected.txt": SAID,
      "b.case.yaml": "audio: b.wav\nprovider: stepfun\n",
    });
    const { code, stderr } = await run(["--live"], { env });
    expect({ code, sent: vendor.requests.length }).toEqual({ code: 4, sent: 0 });
    expect(stderr).toContain("STEPFUN_API_KEY");
  });

  it("records the first answers of a case that says who is asked", async () => {
    const { env } = await openVendor("stepfun");
    const { run, folder, read } = await caseFolder(["talk"], {
      "talk.case.yaml": "audio: talk.wav\nprovider: stepfun\nexpected: talk.expected.txt\n",
    });
    await rm(path.join(folder, "talk.cassette"), { recursive: true });
    const missing = await run();
    expect(missing).toMatchObject({
      code: 9,
      stdout: expect.stringContaining("no recorded answers"),
    });
    expect(await run(["--live", "--update"], { env })).toMatchObject({ code: 0 });
    expect(await read("talk.expected.txt")).not.toBe("");
    expect(await run()).toMatchObject({ code: 0 });
  });
});

describe("a case by convention", () => {
  it("is asked for as the recording of asr transcribe was", async () => {
    const { env } = await openVendor("tencent-flash");
    const { run, cwd, folder, read } = await caseFolder(["talk"], { "talk.expected.srt": "" });
    await rm(path.join(folder, "talk.cassette"), { recursive: true });
    const words = ["transcribe", "cases/talk.wav", "-p", "tencent-flash", "-l", "zh", "-f", "srt"];
    const more = [
      "--hotword",
      "Kubernetes:10",
      "--set",
      "filter_modal=1",
      "--record",
      "cases/talk.cassette",
    ];
    const recorded = await asrInProcess([...words, ...more], { cwd, env });
    expect(recorded.code).toBe(0);
    expect(await run(["--update"])).toMatchObject({ code: 0 });
    expect(await read("talk.expected.srt")).toBe(recorded.stdout);
  });

  it("of the local recogniser needs no recorded answers", async () => {
    const { run, folder, read } = await caseFolder(["talk"], { "talk.expected.txt": "" });
    await rm(path.join(folder, "talk.cassette"), { recursive: true });
    expect(await run(["--update"])).toMatchObject({ code: 0 });
    expect(await read("talk.expected.txt")).toMatch(/cold.hearted/i);
  });
});
