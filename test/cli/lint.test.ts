/** `asr lint`: what subtitles have wrong, as text, JSON and annotations, and `--fix`. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asrInProcess } from "./in-process.ts";
import { asr, temporaryFolder } from "./run.ts";

const GOOD =
  "1\n00:00:01,000 --> 00:00:03,000\n大家好\n\n2\n00:00:04,000 --> 00:00:06,000\n这里是新闻\n\n";

const LONG = "今天的节目里我们先讲研发然后再讲别的事情";
/** Hard: the line of cue 1 and the gap before cue 2. Soft: the number of cue 2. */
const BAD = `1\n00:00:01,000 --> 00:00:04,000\n${LONG}\n\n3\n00:00:04,040 --> 00:00:06,000\n这里是新闻\n\n`;

/** Only soft: the first cue stays too short. */
const SHORT = GOOD.replace("03,000", "01,700");

function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(cwd, name), content);
  return cwd;
}

describe("asr lint", () => {
  it("says that nothing is wrong, with exit 0", async () => {
    const cwd = folderWith({ "talk.srt": GOOD });
    const { code, stdout, stderr } = await asrInProcess(["lint", "talk.srt"], { cwd });
    expect([code, stdout, stderr]).toEqual([0, "talk.srt: nothing (netflix-zh, 2 cues)\n", ""]);
  });

  it("names every rule with its line, cue, time, measured value and limit; exit 9", async () => {
    const cwd = folderWith({ "talk.srt": BAD });
    const { code, stdout, stderr } = await asrInProcess(["lint", "talk.srt"], { cwd });
    expect(code).toBe(9);
    expect(stdout.split("\n")).toEqual([
      "talk.srt:3: hard: line-length: 20 characters, the limit is 16 (cue 1, 00:00:01.000)",
      "talk.srt:5: soft: numbering: number 3; expected: number 2 (cue 2, 00:00:04.040)",
      "talk.srt:6: hard: min-gap: 40 ms, the limit is 80 (cue 2, 00:00:04.040)",
      "talk.srt: 2 hard, 1 soft (netflix-zh, 2 cues)",
      "",
    ]);
    expect(stderr).toContain("2 hard findings in 1 file");
  });

  it("is the same for the built command", async () => {
    const { code, stdout } = await asr(["lint", "-"], { stdin: BAD });
    expect(code).toBe(9);
    expect(stdout).toContain("-:3: hard: line-length: 20 characters, the limit is 16");
  });

  it("checks by the style that is named, and rules of the user's", async () => {
    const by = (...words: string[]) => asrInProcess(["lint", "-", ...words], { stdin: BAD });
    expect((await by("--style", "bbc")).stdout).toContain("40 characters, the limit is 37");
    expect((await by("--max-line", "20", "--min-gap", "0.04")).code).toBe(0);
    expect((await by("--style", "plain")).code).toBe(0);
  });

  it("fails by soft findings only where it is to be strict", async () => {
    const by = (...words: string[]) => asrInProcess(["lint", "-", ...words], { stdin: SHORT });
    expect((await by()).code).toBe(0);
    const { code, stderr } = await by("--strict");
    expect(code).toBe(9);
    expect(stderr).toContain("0 hard and 1 soft findings in 1 file");
  });

  it("reports as JSON", async () => {
    const cwd = folderWith({ "talk.srt": BAD, "good.srt": GOOD });
    const words = ["lint", "talk.srt", "good.srt", "--json"];
    const { code, stdout } = await asrInProcess(words, { cwd });
    expect(code).toBe(9);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      hard: 2,
      soft: 1,
      files: [
        { file: "talk.srt", format: "srt", style: "netflix-zh", cues: 2, hard: 2, soft: 1 },
        { file: "good.srt", hard: 0, soft: 0, findings: [] },
      ],
    });
    expect(report.files[0].findings[0]).toEqual({
      rule: "line-length",
      severity: "hard",
      line: 3,
      cue: 1,
      start: 1,
      measured: 20,
      limit: 16,
      unit: "characters",
      title: "a line is not longer than the style allows",
    });
  });

  it("reports as annotations of GitHub, with what would end a field escaped", async () => {
    const cwd = folderWith({ "a,b: 100%.srt": BAD });
    const { code, stdout } = await asrInProcess(["lint", "a,b: 100%.srt", "--github"], { cwd });
    expect(code).toBe(9);
    expect(stdout.split("\n")).toEqual([
      "::error file=a%2Cb%3A 100%25.srt,line=3,title=line-length::20 characters, the limit is 16 (cue 1, 00:00:01.000)",
      "::warning file=a%2Cb%3A 100%25.srt,line=5,title=numbering::number 3; expected: number 2 (cue 2, 00:00:04.040)",
      "::error file=a%2Cb%3A 100%25.srt,line=6,title=min-gap::40 ms, the limit is 80 (cue 2, 00:00:04.040)",
      "",
    ]);
  });

  it("takes the empty file of a silent recording for what it is", async () => {
    const cwd = folderWith({ "silence.srt": "" });
    const { code, stdout } = await asrInProcess(["lint", "silence.srt"], { cwd });
    expect([code, stdout]).toEqual([0, "silence.srt: nothing (netflix-en, 0 cues)\n"]);
    writeFileSync(path.join(cwd, "silence.vtt"), "");
    expect((await asrInProcess(["lint", "silence.vtt"], { cwd })).code).toBe(3);
  });

  it("measures no text that it can't read, and says how to convert it", async () => {
    const bytes = Buffer.from(GOOD, "utf8").map((byte) => (byte > 0x7f ? byte ^ 0x40 : byte));
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "gbk.srt"), bytes);
    const { code, stdout, stderr } = await asrInProcess(["lint", "gbk.srt"], { cwd });
    expect(code).toBe(9);
    expect(stdout.split("\n")).toEqual([
      "gbk.srt:3: hard: encoding: bytes that are not UTF-8; expected: UTF-8",
      "gbk.srt: 1 hard, 0 soft (netflix-en, 2 cues)",
      "",
    ]);
    expect(stderr).toContain("iconv -f GB18030");
  });

  it("keeps control characters of the file from the terminal", async () => {
    const { stdout } = await asrInProcess(["lint", "-"], { stdin: `\u001b[2Jtitle\n\n${GOOD}` });
    expect(stdout).toContain("stray-text");
    expect(stdout).not.toContain("\u001b");
  });

  it("looks at the others where one can't be read, and exits with 8", async () => {
    const cwd = folderWith({ "talk.srt": GOOD, "prose.txt": "hello\n" });
    const words = ["lint", "nope.srt", "prose.txt", "talk.srt"];
    const { code, stdout, stderr } = await asrInProcess(words, { cwd });
    expect([code, stdout]).toEqual([8, "talk.srt: nothing (netflix-zh, 2 cues)\n"]);
    expect(stderr).toContain("can't read nope.srt");
    expect(stderr).toContain("prose.txt: not subtitles");
    expect(stderr).toContain("2 of 3 files can't be checked");
  });
});

describe("asr lint --fix", () => {
  it("mends the file in its place, and says what it did", async () => {
    const cwd = folderWith({ "talk.srt": BAD });
    const { code, stdout } = await asrInProcess(["lint", "talk.srt", "--fix"], { cwd });
    expect([code, stdout]).toEqual([
      0,
      "talk.srt: 3 mended in talk.srt, left: nothing (netflix-zh, 2 cues)\n",
    ]);
    const [, , first, second, , number] = readFileSync(path.join(cwd, "talk.srt"), "utf8").split(
      "\n",
    );
    expect([`${first}${second}`, number]).toEqual([LONG, "2"]);
    expect((await asrInProcess(["lint", "talk.srt"], { cwd })).code).toBe(0);
  });

  it("writes elsewhere, and leaves the file as it was", async () => {
    const cwd = folderWith({ "talk.srt": BAD });
    const words = ["lint", "talk.srt", "--fix", "-o", "new.srt"];
    expect((await asrInProcess(words, { cwd })).code).toBe(0);
    expect(readFileSync(path.join(cwd, "talk.srt"), "utf8")).toBe(BAD);
    expect((await asrInProcess(["lint", "new.srt"], { cwd })).code).toBe(0);
  });

  it("says what it could not mend, with exit 9 where that is hard", async () => {
    const cwd = folderWith({ "talk.srt": BAD.replace(LONG, `<i>${LONG}</i>`) });
    const { code, stdout } = await asrInProcess(["lint", "talk.srt", "--fix"], { cwd });
    expect(code).toBe(9);
    expect(stdout).toContain("talk.srt:3: hard: line-length: 20 characters");
    expect(stdout).toContain("2 mended in talk.srt, left: 1 hard, 0 soft");
  });

  it("takes a byte order mark away, and leaves a file without faults as it is", async () => {
    const cwd = folderWith({
      "talk.srt": `\ufeff${GOOD}`,
      "good.srt": GOOD.replaceAll("\n", "\r\n"),
    });
    const { stdout } = await asrInProcess(["lint", "talk.srt", "good.srt", "--fix"], { cwd });
    expect(stdout).toBe(
      "talk.srt: 1 mended in talk.srt, left: nothing (netflix-zh, 2 cues)\n" +
        "good.srt: 0 mended in good.srt, left: nothing (netflix-zh, 2 cues)\n",
    );
    expect(readFileSync(path.join(cwd, "talk.srt"), "utf8")).toBe(GOOD);
    expect(readFileSync(path.join(cwd, "good.srt"), "utf8")).toBe(GOOD.replaceAll("\n", "\r\n"));
  });

  it("mends a file whatever it is called, and wherever transcripts go", async () => {
    const cwd = folderWith({ "talk.txt": BAD, ".asrrc": "output: out/\n" });
    expect((await asrInProcess(["lint", "talk.txt", "--fix"], { cwd })).code).toBe(0);
    expect(readFileSync(path.join(cwd, "talk.txt"), "utf8")).not.toBe(BAD);
  });

  it("leaves a file alone that it would lose something of", async () => {
    const damaged = BAD.replace("00:00:06,000", "00:00:0x,000");
    const cwd = folderWith({ "talk.srt": damaged });
    const { code, stderr } = await asrInProcess(["lint", "talk.srt", "--fix"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("talk.srt: line 6: --fix can't mend this: times");
    expect(readFileSync(path.join(cwd, "talk.srt"), "utf8")).toBe(damaged);
  });

  it.each([
    ["-o without --fix", ["talk.srt", "-o", "new.srt"], "-o is where --fix writes"],
    ["one -o for several files", ["talk.srt", "b.srt", "--fix", "-o", "c.srt"], "several files"],
    ["stdin without -o", ["-", "--fix"], "--fix can't write to stdin"],
    ["the report's place", ["talk.srt", "--fix", "-o", "-"], "the report goes to stdout"],
    ["another format", ["talk.srt", "--fix", "-o", "new.vtt"], "--fix writes srt"],
    ["two reports", ["talk.srt", "--json", "--github"], "contradict each other"],
  ])("refuses %s", async (_, words, message) => {
    const cwd = folderWith({ "talk.srt": BAD, "b.srt": BAD });
    const { code, stderr } = await asrInProcess(["lint", ...words], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(readFileSync(path.join(cwd, "talk.srt"), "utf8")).toBe(BAD);
  });
});
