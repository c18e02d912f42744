import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { evalFolder } from "./eval-world.ts";
import { AUDIO, asr } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const TEXTS = {
  "ref/a.txt": "And so, my fellow Americans: ask not.\nAsk what you can do!",
  "ref/b.txt": "二零二四年，我們去了臺灣。",
  "hyp/a.txt": "and so my fellow american ask not ask what you can do",
  "hyp/b.txt": "2024年我们去了台弯",
};

describe("asr eval", () => {
  it("scores folders by name, says what it took out, and marks differences in place", async () => {
    const { run } = await evalFolder(TEXTS);
    const { code, stdout, stderr } = await run(["hyp/", "--reference", "ref/"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(
      "2 files, normalised: nfkc, width, case, script, numerals, punctuation, whitespace\n",
    );
    // a: 1 of 12 words; b: 1 of 2024, 年 and 6 more characters.
    expect(stdout).toMatch(/^mixed +10\.00% +2 +2 +0 +0 +20 /m);
    expect(stdout).toContain("fellow [-americans-]{+american+} ask");
    expect(stdout).toContain("台[-湾-]{+弯+}");
  });

  it("pools errors over length, and gives intervals that a seed repeats", async () => {
    const { report } = await evalFolder(TEXTS);
    const words = ["hyp", "--reference", "ref", "--resamples", "200"];
    const first = await report(words);
    expect(first.pooled.mixed).toMatchObject({ rate: 0.1, errors: 2, reference: 20, hits: 18 });
    expect(first.files.map(({ name, mixed }) => [name, mixed.rate])).toEqual([
      ["a", 1 / 12],
      ["b", 1 / 8],
    ]);
    expect(first.pooled.mixed.interval).toEqual({ low: 1 / 12, high: 1 / 8 });
    expect(await report(words)).toEqual(first);
  });

  it("takes out only what --normalize names", async () => {
    const { report } = await evalFolder(TEXTS);
    const rate = async (list: string) => {
      const words = ["hyp", "--reference", "ref", "--normalize", list];
      const { normalization, pooled } = await report(words);
      return [normalization.join(), pooled.mixed.errors];
    };
    expect(await rate("none")).toEqual(["", 15]);
    expect(await rate("case")).toEqual(["case", 13]);
    expect(await rate("no-script")).toEqual(["nfkc,width,case,numerals,punctuation,whitespace", 4]);
  });

  it.each([
    [
      "json",
      JSON.stringify({
        schema_version: 1,
        provider: "x",
        duration: 1,
        text: "",
        warnings: [],
        request_ids: [],
        segments: [
          { id: 0, start: 0, end: 1, text: "one two" },
          { id: 1, start: 1, end: 2, text: "three" },
        ],
      }),
    ],
    [
      "srt",
      "\ufeff1\r\n00:00:00,000 --> 00:00:01,000\r\n<i>one</i> two\r\n\r\n2\r\n00:00:01,000 --> 00:00:02,000\r\nthree\r\n",
    ],
    [
      "vtt",
      "WEBVTT\n\nNOTE not said\n\n00:00.000 --> 00:01.000 align:start\n<v Ann>one two\n\nid\n00:01.000 --> 00:02.000\nthree\n",
    ],
    ["jsonl", '{"type":"final","id":0,"start":0,"end":1,"text":"one two three"}\n'],
    // Of whisper.
    ["json", '{"text":" one two three","segments":[{"start":0,"end":1,"text":" one two three"}]}'],
    ["tsv", "start\tend\ttext\tspeaker\n0\t1000\tone two\tA\n1000\t2000\tthree\t\n"],
    ["txt", "one two\nthree\n"],
  ])("reads %s on both sides, by file and by pipe", async (extension, content) => {
    const { report } = await evalFolder({ [`h.${extension}`]: content, "r.txt": "one two four" });
    const counts = { errors: 1, reference: 3, substitutions: 1 };
    expect((await report([`h.${extension}`, "--reference", "r.txt"])).pooled.wer).toMatchObject(
      counts,
    );
    expect((await report(["r.txt", "--reference", `h.${extension}`])).pooled.wer).toMatchObject(
      counts,
    );
    if (extension === "tsv") return;
    const piped = await report(["-", "--reference", "r.txt"], { stdin: content });
    expect(piped.pooled.wer).toMatchObject(counts);
    expect(piped.files[0]?.name).toBe("r.txt");
  });

  it("reads a list of pairs, with a heading or without, text or path", async () => {
    const { report } = await evalFolder({
      ...TEXTS,
      "bare.tsv": "hyp/a.txt\tref/a.txt\nhyp/b.txt\t二零二四年，我们去了台湾\n",
      "named.tsv": "id\ttext\tAudio\r\n1\tref/a.txt\thyp/a.txt\r\n\r\n2\tref/b.txt\thyp/b.txt\r\n",
    });
    for (const list of ["bare.tsv", "named.tsv"]) {
      const { pooled, files } = await report(["--pairs", list]);
      expect([list, pooled.mixed.errors, pooled.mixed.reference]).toEqual([list, 2, 20]);
      expect(files.map(({ name }) => name)).toEqual(["hyp/a.txt", "hyp/b.txt"]);
    }
  });

  it("has no rate for an empty reference, whose insertions count in the pool", async () => {
    const { report, run } = await evalFolder({
      "ref/a.txt": "hello world",
      "ref/b.txt": "",
      "hyp/a.txt": "hello world",
      "hyp/b.txt": "done",
    });
    const { files, pooled, worst } = await report(["hyp", "--reference", "ref"]);
    expect(files[1]?.wer).toMatchObject({ rate: null, errors: 1, insertions: 1 });
    expect(pooled.wer.rate).toBe(0.5);
    expect(worst.map(({ name }) => name)).toEqual(["b"]);
    const silent = await run(["hyp/b.txt", "--reference", "ref/b.txt", "--max-wer", "100%"]);
    expect(silent.code).toBe(9);
  });
});

describe("a limit", () => {
  it.each([
    [["--max-mixed", "10%"], 0],
    [["--max-mixed", "0.1"], 0],
    [["--max-mixed", "9.99%"], 9],
    [["--max-wer", "0.1"], 9],
    [["--max-cer", "50%", "--max-mixed", "1%"], 9],
  ] as const)("%j ends with %i", async (limits, code) => {
    const { run } = await evalFolder(TEXTS);
    const result = await run(["hyp", "--reference", "ref", ...limits]);
    expect(result.code).toBe(code);
    expect(result.stdout).toContain(code === 9 ? "FAILED" : "ok");
    expect(result.stderr).toMatch(code === 9 ? /^asr: error: 1 of \d limits failed: max-/ : /^$/);
  });

  it("may come from the settings", async () => {
    const { run } = await evalFolder({ ...TEXTS, ".asrrc": "maxMixed: 0.05\n" });
    expect((await run(["hyp", "--reference", "ref"])).code).toBe(9);
  });

  it.each(["5 percent", "-1", "five"])("%s is none", async (text) => {
    const { run } = await evalFolder(TEXTS);
    const { code, stderr } = await run(["hyp", "--reference", "ref", `--max-wer=${text}`]);
    expect(code).toBe(2);
    expect(stderr).toContain("a rate such as 0.05");
  });
});

describe("a baseline", () => {
  it("fails what is worse than it, by more than the tolerance", async () => {
    const { run, cwd } = await evalFolder({
      ...TEXTS,
      "worse/a.txt": "and so",
      "worse/b.txt": "去",
    });
    const { stdout } = await run(["hyp", "--reference", "ref", "--json"]);
    await writeFile(path.join(cwd, "base.json"), stdout);
    const against = (folder: string, ...more: readonly string[]) =>
      run([folder, "--reference", "ref", "--baseline", "base.json", ...more]);
    expect((await against("hyp")).code).toBe(0);
    const worse = await against("worse");
    expect(worse.code).toBe(9);
    expect(worse.stdout).toContain("mixed: worse is worse than base.json");
    expect((await against("worse", "--tolerance", "100%")).code).toBe(0);
    const otherwise = await against("hyp", "--normalize", "case");
    expect(otherwise.code).toBe(2);
    expect(otherwise.stderr).toContain("base.json was scored otherwise");
  });

  it("is refused where a reference has changed since", async () => {
    const { run, cwd } = await evalFolder(TEXTS);
    const { stdout } = await run(["hyp", "--reference", "ref", "--json"]);
    await writeFile(path.join(cwd, "base.json"), stdout);
    await writeFile(path.join(cwd, "ref/a.txt"), "something else was said");
    const { code, stderr } = await run(["hyp", "--reference", "ref", "--baseline", "base.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("the reference of a is not the one of base.json");
  });

  it.each([
    ["{", "the JSON is broken"],
    ["{}", "is no report"],
    ['{"schema_version": 99}', "update asr"],
  ])("%j is refused", async (content, message) => {
    const { run } = await evalFolder({ ...TEXTS, "base.json": content });
    const { code, stderr } = await run(["hyp", "--reference", "ref", "--baseline", "base.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("a second run", () => {
  it("is compared on the same files by a paired test", async () => {
    const files = Array.from({ length: 12 }, (_, index) => [
      [`ref/${index}.txt`, "one two three four"],
      [`good/${index}.txt`, "one two three four"],
      [`bad/${index}.srt`, "1\n00:00:00,000 --> 00:00:01,000\none two tree for\n"],
    ]).flat();
    const { run, report } = await evalFolder(Object.fromEntries(files));
    const words = ["good", "--reference", "ref", "--against", "bad"];
    const { stdout } = await run(words);
    expect(stdout).toMatch(/mixed: good is better than bad, 0.00% against 50.00% \(p < 0.001\)/);
    const { against } = await report(words);
    expect(against).toMatchObject({ other: "bad", files: 12, wer: { rate: 0, other_rate: 0.5 } });
    expect(against?.wer.p).toBeLessThan(0.01);
  });
});

describe("what is missing", () => {
  const files = { ...TEXTS, "ref/c.txt": "never heard", "hyp/d.txt": "never said" };

  it("is an error that names it, before anything is scored", async () => {
    const { run } = await evalFolder(files);
    const { code, stdout, stderr } = await run(["hyp", "--reference", "ref"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("2 of 4 files have no counterpart");
    expect(stderr).toContain("no hypothesis for c; no reference for hyp/d.txt");
  });

  it("is left out, or counts as all deleted, where that is asked for", async () => {
    const { report } = await evalFolder(files);
    const skip = await report(["hyp", "--reference", "ref", "--missing", "skip"]);
    expect([skip.pooled.mixed.errors, skip.left_out]).toEqual([2, ["c", "hyp/d.txt"]]);
    const empty = await report(["hyp", "--reference", "ref", "--missing", "empty"]);
    expect([empty.pooled.mixed.errors, empty.left_out]).toEqual([4, ["hyp/d.txt"]]);
    expect(empty.pooled.mixed.deletions).toBe(2);
  });

  it.each([
    [["hyp"], 2, "no reference"],
    [["hyp", "--reference", "nowhere"], 3, "nowhere: no such file"],
    [["hyp", "--reference", "hyp/a.txt", "--pairs", "x.tsv"], 2, "--pairs names hypotheses"],
    [["--pairs", "x.tsv"], 2, "can't read the pairs in x.tsv"],
    [["other", "--reference", "ref"], 2, "no pair"],
    [["-", "--reference", "-"], 2, "stdin can be read only once"],
    [["hyp", "--reference", "ref", "--tolerance", "1%"], 2, "--tolerance is for --baseline"],
    [["hyp", "--reference", "ref", "--normalize", "cases"], 2, 'did you mean "case"?'],
    [["hyp/a.txt", "--reference", "talk.wav"], 2, "is a recording, and no reference"],
    [["broken.json", "--reference", "ref/a.txt"], 3, "broken.json: line 1: the JSON is broken"],
    [["--pairs", "three.tsv"], 2, "three.tsv:1 is no pair"],
    [["--pairs", "lost.tsv"], 2, "no reference for hyp/a.txt"],
  ] as const)("%j ends with %i: %s", async (words, code, message) => {
    const { run } = await evalFolder({
      ...TEXTS,
      "other/z.txt": "z",
      "talk.wav": "RIFF",
      "broken.json": "{",
      "three.tsv": "a\tb\tc\n",
      "lost.tsv": "hyp/a.txt\tref/lost.txt\n",
    });
    const result = await run(words, { stdin: "" });
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(code);
    expect(result.stdout).toBe("");
  });
});

describe("files of a report", () => {
  const nasty = {
    'ref/=1+1,"x".txt': "a <b> & c",
    'hyp/=1+1,"x".txt': "a <script>alert(1)</script>",
  };

  it("as CSV open in a spreadsheet, and run nothing there", async () => {
    const { run, cwd } = await evalFolder(nasty);
    await run(["hyp", "--reference", "ref", "--csv", "out/scores.csv"]);
    const lines = (await readFile(path.join(cwd, "out/scores.csv"), "utf8")).split("\r\n");
    expect(lines[0]).toMatch(/^file,mixed_rate,mixed_errors,/);
    expect(lines[1]).toMatch(/^"'=1\+1,""x""",/);
    expect(lines[2]).toMatch(/^\(pooled\),/);
    expect(new Set(lines.slice(0, 1).map((line) => line.split(",").length))).toEqual(new Set([19]));
  });

  it("as HTML hold no markup of theirs, and ask for nothing from elsewhere", async () => {
    const { run, cwd } = await evalFolder(nasty);
    const words = ["hyp", "--reference", "ref", "--html", "r.html", "--normalize", "none"];
    expect((await run(words)).code).toBe(0);
    const page = await readFile(path.join(cwd, "r.html"), "utf8");
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/(src|href)=|url\(|https?:/);
    expect(page).toContain("<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>");
    expect(page).toContain("=1+1,&quot;x&quot;: mixed");
  });

  it("that can't be written are refused before anything is read", async () => {
    const { run } = await evalFolder(TEXTS);
    const { code } = await run(["hyp", "--reference", "ref", "--html", "ref"]);
    expect(code).toBe(10);
  });
});

describe("recordings", () => {
  const SAID = "你好，欢迎使用语音识别。";

  it("are transcribed by the provider of the settings, beside what was said in them", async () => {
    const { vendor, env } = await openVendor("stepfun");
    const { cwd, report } = await evalFolder({ "calls/a.txt": SAID });
    await copyFile(path.join(AUDIO, "en-librivox-0890.wav"), path.join(cwd, "calls/a.wav"));
    const words = ["calls", "--reference", "calls", "-p", "stepfun"];
    const { files, pooled } = await report(words, { env });
    expect(files.map(({ name }) => name)).toEqual(["a"]);
    expect(pooled.mixed.deletions + pooled.mixed.substitutions).toBe(0);
    expect(vendor.violations).toEqual([]);
    expect(vendor.requests.length).toBeGreaterThan(0);
  });

  it("are recorded anew over an earlier recording with --force alone, as its message says", async () => {
    const { env } = await openVendor("stepfun");
    const { cwd, run } = await evalFolder({ "a.txt": SAID });
    await copyFile(path.join(AUDIO, "en-librivox-0890.wav"), path.join(cwd, "a.wav"));
    const words = ["a.wav", "--reference", "a.txt", "-p", "stepfun", "--record", "tape"];
    expect(await run(words, { env })).toMatchObject({ code: 0 });
    const again = await run(words, { env });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
    expect(await run([...words, "--force"], { env })).toMatchObject({ code: 0 });
    const replay = ["a.wav", "--reference", "a.txt", "-p", "stepfun", "--replay", "tape", "-v"];
    const { code, stderr } = await run(replay);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("nothing is sent"),
    });
    expect(stderr).not.toContain("the audio goes to");
  });

  it("are none among texts, which --record and --replay say", async () => {
    const { run } = await evalFolder(TEXTS);
    for (const option of ["--record", "--replay"]) {
      const { code, stderr } = await run(["hyp", "--reference", "ref", option, "tape"]);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringContaining(`${option} is not used`),
      });
    }
  });

  it("that fail are named, and are no silent deletions", async () => {
    const { cwd, run } = await evalFolder({ "a.txt": SAID });
    await copyFile(path.join(AUDIO, "en-librivox-0890.wav"), path.join(cwd, "a.wav"));
    const { code, stdout, stderr } = await run(["a.wav", "--reference", "a.txt", "-p", "stepfun"]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toContain("STEPFUN_API_KEY");
  });
});

it("runs as the built command, without colours in a pipe whatever is said", async () => {
  const { cwd } = await evalFolder(TEXTS);
  const words = ["eval", "hyp", "--reference", "ref"];
  const { code, stdout } = await asr([...words, "--color"], { cwd, env: { FORCE_COLOR: "1" } });
  expect(code).toBe(0);
  expect(stdout).toContain("[-americans-]{+american+}");
});
