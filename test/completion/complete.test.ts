import { execFile } from "node:child_process";
import { mkdir, open, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createProgram } from "../../src/commands/program.ts";
import { loadProvider, PROVIDER_IDS } from "../../src/providers/registry.ts";
import { ENCODING_NAMES, FORMAT_NAMES, STYLE_NAMES } from "../../src/settings/names.ts";
import { mayComeFrom, OPTION_ROWS } from "../../src/settings/options.ts";
import { flagOf, negatedFlagOf } from "../../src/settings/spelling.ts";
import { asrInProcess, inProcessWorld } from "../cli/in-process.ts";
import { temporaryFolder } from "../cli/run.ts";
import { itWith } from "../tools.ts";

type Options = Parameters<typeof asrInProcess>[1];

/** The answer to a command line; its last word is completed. */
async function answer(typed: readonly string[], options?: Options) {
  const { code, stdout, stderr } = await asrInProcess(["complete", "--", ...typed], options);
  expect([code, stderr]).toEqual([0, ""]);
  const [kind = "", ...lines] = stdout.trimEnd().split("\n");
  return { kind, words: lines.map((line) => line.split("\t")[0] ?? ""), lines };
}

const wordsFor = async (typed: readonly string[], options?: Options) =>
  (await answer(typed, options)).words;

describe("asr complete", () => {
  it("offers every command, and the subcommands of those that have some", async () => {
    const program = createProgram(inProcessWorld()).command;
    const names = program.commands.map((command) => command.name());
    expect(await wordsFor([""])).toEqual(names.filter((name) => name !== "complete"));
    expect(await wordsFor(["batch", ""])).toEqual(["status", "report", "retry"]);
    expect(await wordsFor(["config", "t"])).toEqual(["trust"]);
    expect(await wordsFor(["help", "config", "sh"])).toEqual(["show"]);
  });

  it("says beside each command what it does, and is itself nowhere named", async () => {
    const { lines } = await answer(["tr"]);
    expect(lines).toEqual(["transcribe\trecorded audio to text"]);
    const { stdout, stderr } = await asrInProcess(["help", "nothing"]);
    expect(stdout + stderr).not.toContain("complete,");
    expect((await asrInProcess(["--help"])).stdout).not.toMatch(/^\s+complete /m);
  });

  it("offers every flag that transcribe takes, and --no-… once a letter is typed", async () => {
    const rows = OPTION_ROWS.filter(
      ({ commands }) => commands === "all" || commands.includes("transcribe"),
    );
    const shown = rows.map((row) => (row.shownNegated ? negatedFlagOf(row.key) : flagOf(row.key)));
    expect((await wordsFor(["transcribe", "--"])).toSorted()).toEqual(
      [...shown, "--help"].toSorted(),
    );
    const negated = await wordsFor(["transcribe", "--no-"]);
    expect(negated).toEqual(expect.arrayContaining(["--no-words", "--no-config", "--no-color"]));
    expect(await wordsFor(["transcribe", "--col"])).toEqual(["--color"]);
    expect(await wordsFor(["doctor", "--wor"])).toEqual([]);
    expect(await wordsFor(["transcribe", "-"])).toEqual(expect.arrayContaining(["-f", "--format"]));
  });

  it("offers the queue to those who share one, and a root to a worker alone", async () => {
    expect(await wordsFor(["worker", "--ro"])).toEqual(["--root"]);
    expect(await wordsFor(["transcribe", "--ro"])).toEqual([]);
    const queue = ["--queue"];
    expect(await wordsFor(["worker", "--que"])).toEqual(queue);
    expect(await wordsFor(["batch", "status", "--que"])).toEqual(queue);
    expect(await wordsFor(["batch", "retry", "--que"])).toEqual(queue);
    expect(await wordsFor(["stream", "--que"])).toEqual([]);
    expect(await wordsFor(["worker", "--queue", ""])).toEqual([]);
  });

  it.each([
    [["-p", ""], PROVIDER_IDS],
    [["--style", ""], STYLE_NAMES],
    [["--encoding", ""], ENCODING_NAMES],
    [["-f", ""], FORMAT_NAMES],
    [["--format", "srt,v"], ["srt,vtt"]],
    [["-f", "srt,vtt,s"], []],
    [["--format=js"], ["--format=json", "--format=jsonl"]],
    [["--format=srt,lr"], ["--format=srt,lrc"]],
    [["-qfvt"], ["-qfvtt"]],
    [["--split", "n"], ["never"]],
    [["--no-words", "-p", "step"], ["stepfun"]],
    [
      ["-q", "talk.wav", "--chinese", "t"],
      ["traditional", "taiwan"],
    ],
    [["--rate", ""], []],
    [["--hotword", "a"], []],
    [["-p", "tencent-flash", "-m", "8k_zh_"], ["8k_zh_large"]],
    [["-ptencent-flash", "-m", "8k_zh_"], ["8k_zh_large"]],
    [["-p", "local", "-p", "stepfun", "--model", "stepaudio-2.5"], ["stepaudio-2.5-asr"]],
    [["-p", "tencent-flash", "--set", "filter_m"], ["filter_modal="]],
    [["--provider=tencent-realtime", "--set", "needv"], ["needvad="]],
    [["-p", "tencent-flash", "--set", "word_info=0", "--set", "word_i"], ["word_info="]],
    [["-p", "tencent-flash", "-l", "yu"], ["yue"]],
    [["-p", "nobody", "-m", ""], []],
  ])("completes transcribe %j to %j", async (typed, wanted) => {
    expect(await answer(["transcribe", ...typed])).toMatchObject({ kind: "words", words: wanted });
  });

  it.each([
    [["transcribe", ""], "files"],
    [["transcribe", "--", "-"], "files"],
    [["transcribe", "talk.wav", "-o", ""], "files"],
    [["transcribe", "--output=ta"], "files"],
    [["transcribe", "calls/", "-o", ""], "folders"],
    [["transcribe", "a.wav", "b.wav", "-o", ""], "folders"],
    [["transcribe", "--from", "list", "-o", ""], "folders"],
    [["transcribe", "-m", "./mo"], "folders"],
    [["transcribe", "--record", ""], "folders"],
    [["transcribe", "--ca-file", ""], "files"],
    [["lint", "a.srt", ""], "files"],
    [["verify", ""], "folders"],
    [["batch", "status", ""], "folders"],
    [["config", "trust", ""], "folders"],
    [["worker", "--root", ""], "folders"],
  ])("leaves %j to the shell: %s", async (typed, kind) => {
    expect(await answer(typed)).toEqual({ kind, words: [], lines: [] });
  });

  it("offers the arguments of a command, and none where it takes no more", async () => {
    expect(await wordsFor(["schema", ""])).toEqual(["transcript", "events", "config", "case"]);
    expect(await wordsFor(["completion", ""])).toEqual(["bash", "zsh", "fish"]);
    expect(await wordsFor(["providers", "lark"])).toEqual(["lark-file", "lark-stream"]);
    expect(await answer(["providers", "local", ""])).toEqual({
      kind: "words",
      words: [],
      lines: [],
    });
  });

  it("compares by commas, and offers what all of those take", async () => {
    expect(await wordsFor(["compare", "--providers", "local,lark-f"])).toEqual(["local,lark-file"]);
    const tags = await wordsFor(["compare", "--providers", "local,feishu-file", "-l", ""]);
    expect(tags.toSorted()).toEqual(["auto", "en", "zh"]);
  });

  it.each(PROVIDER_IDS)("offers the models, languages and parameters of %s", async (id) => {
    const { capabilities, parameters } = await loadProvider(id);
    expect(await wordsFor(["transcribe", "-p", id, "-m", ""])).toEqual(capabilities.models);
    const tags = capabilities.languages.filter((tag) => tag !== "*");
    expect(await wordsFor(["transcribe", "-p", id, "-l", ""])).toEqual(tags);
    const names = Object.keys(parameters.shape).map((name) => `${name}=`);
    expect(await wordsFor(["transcribe", "-p", id, "--set", ""])).toEqual(names);
  });

  it("asks the settings for the provider where the line names none", async () => {
    const cwd = temporaryFolder();
    await mkdir(path.join(cwd, "project"));
    await writeFile(path.join(cwd, "project", ".asrrc"), "provider: stepfun\n");
    const options = { cwd: path.join(cwd, "project") };
    const typed = ["transcribe", "-m", "stepaudio-2.5"];
    expect(await wordsFor(typed, options)).toEqual(["stepaudio-2.5-asr"]);
    expect(await wordsFor(["transcribe", "--no-config", ...typed.slice(1)], options)).toEqual([]);
    const env = { ASR_PROVIDER: "tencent-flash" };
    expect(await wordsFor(["transcribe", "-m", "16k_y"], { ...options, env })).toEqual(["16k_yue"]);
    await writeFile(path.join(cwd, "project", ".asrrc"), "provider: nobody\n");
    expect(await wordsFor(typed, options)).toEqual([]);
  });

  itWith("mkfifo", "leaves a pipe of settings to the command itself", async () => {
    const cwd = temporaryFolder();
    const pipe = path.join(cwd, "settings.yaml");
    await promisify(execFile)("mkfifo", [pipe]);
    const writer = await open(pipe, "r+");
    onTestFinished(() => writer.close());
    await writer.write("provider: tencent-flash\n");
    expect(await wordsFor(["transcribe", `--config=${pipe}`, "-m", ""])).toEqual([]);
    const env = { ASR_CONFIG: pipe };
    expect(await wordsFor(["transcribe", "-m", ""], { cwd, env })).toEqual([]);
    await writeFile(path.join(cwd, "mine.yaml"), "provider: tencent-flash\n");
    const typed = ["transcribe", "--config", "mine.yaml", "-m", "8k_zh_"];
    expect(await wordsFor(typed, { cwd })).toEqual(["8k_zh_large"]);
  });

  it("answers whatever is typed, with words that go on from it", async () => {
    const flags = OPTION_ROWS.filter((row) => mayComeFrom(row, "flag")).map((row) =>
      flagOf(row.key),
    );
    const word = fc.oneof(
      fc.constantFrom(
        "transcribe",
        "batch",
        "config",
        "retry",
        "--",
        "-",
        "-f",
        "-qf",
        "srt,",
        "=",
        "",
      ),
      fc.constantFrom(...flags),
      fc.constantFrom(...flags).map((flag) => `${flag}=a,`),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), async (typed) => {
        const { kind, words } = await answer(typed);
        expect(["words", "files", "folders"]).toContain(kind);
        for (const found of words) expect(found.startsWith(typed.at(-1) ?? "")).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
