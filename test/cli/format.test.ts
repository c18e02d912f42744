/** `asr format`: a transcript in other formats, styles and scripts, without asking a vendor. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asrInProcess } from "./in-process.ts";
import { asr, temporaryFolder } from "./run.ts";

const SRT =
  "1\n00:00:01,000 --> 00:00:03,000\n这里说的头发\n\n2\n00:00:05,000 --> 00:00:07,000\nhello\n\n";

const JSON_TRANSCRIPT = JSON.stringify({
  schema_version: 1,
  provider: "tencent-flash",
  language: "zh",
  duration: 4,
  text: "",
  segments: [
    {
      id: 0,
      start: 0.5,
      end: 3.5,
      text: "今天的节目里我们先讲研发，然后再讲别的。",
      speaker: "0",
      words: [
        { word: "今天", start: 0.5, end: 1 },
        { word: "的", start: 1, end: 1.1 },
        { word: "节目", start: 1.1, end: 1.5 },
      ],
    },
  ],
  warnings: [{ code: "unsupported-speakers", message: "speakers are not told apart" }],
  request_ids: [],
});

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(cwd, name), content);
  return cwd;
}

describe("asr format", () => {
  it("writes text to stdout by itself", async () => {
    const cwd = folderWith({ "talk.srt": SRT });
    const { code, stdout, stderr } = await asrInProcess(["format", "talk.srt"], { cwd });
    expect([code, stdout, stderr]).toEqual([0, "这里说的头发\nhello\n", ""]);
  });

  it("reads stdin, and gives a well-formed file back as it was", async () => {
    const words = ["format", "-", "-f", "srt", "--style", "plain"];
    const { code, stdout } = await asrInProcess(words, { stdin: SRT });
    expect([code, stdout]).toEqual([0, SRT]);
  });

  it("is the same for the built command", async () => {
    const { code, stdout } = await asr(["format", "-", "-f", "srt", "--style", "plain"], {
      stdin: SRT,
    });
    expect([code, stdout]).toEqual([0, SRT]);
  });

  it("leaves the cues of a subtitle file as they are shaped, in another format too", async () => {
    const shaped =
      "1\n00:00:01,000 --> 00:00:03,500\n他可以像人类一样思考\n积累经验不断学习\n\n" +
      "2\n00:00:03,580 --> 00:00:06,000\n- 你确定吗？\n- 当然\n\n";
    const again = await asrInProcess(["format", "-", "-f", "srt"], { stdin: shaped });
    expect(again.stdout).toBe(shaped);
    const vtt = await asrInProcess(["format", "-", "-f", "vtt"], { stdin: shaped });
    expect(vtt.stdout).toContain("00:00:03.500\n他可以像人类一样思考\n积累经验不断学习\n");
    const longer = ["format", "-", "-f", "srt", "--linger", "0.3"];
    expect((await asrInProcess(longer, { stdin: shaped })).stdout).toContain("00:00:06,300");
  });

  it("reads UTF-16, as Windows editors save it", async () => {
    const cwd = folderWith({
      "talk.srt": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SRT, "utf16le")]),
    });
    expect((await asrInProcess(["format", "talk.srt"], { cwd })).stdout).toBe(
      "这里说的头发\nhello\n",
    );
  });

  it("writes several formats beside each other", async () => {
    const cwd = folderWith({ "talk.json": JSON_TRANSCRIPT });
    const words = ["format", "talk.json", "-f", "srt,vtt,txt,ass,lrc,tsv", "-o", "out/"];
    const { code, stdout, stderr } = await asrInProcess(words, { cwd });
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("speakers are not told apart");
    expect(readdirSync(path.join(cwd, "out")).toSorted()).toEqual(
      ["ass", "lrc", "srt", "tsv", "txt", "vtt"].map((extension) => `talk.${extension}`),
    );
    expect(readFileSync(path.join(cwd, "out", "talk.vtt"), "utf8")).toContain(
      "<v 0>今天的节目里我们先讲研发\n然后再讲别的\n",
    );
  });

  it("knows the format by the extension of -o", async () => {
    const cwd = folderWith({ "talk.srt": SRT });
    expect((await asrInProcess(["format", "talk.srt", "-o", "new.vtt"], { cwd })).code).toBe(0);
    expect(readFileSync(path.join(cwd, "new.vtt"), "utf8")).toMatch(/^WEBVTT\n/);
  });

  it("shapes by the style and its rules", async () => {
    const words = ["format", "-", "-f", "srt", "--max-line", "8", "--max-lines", "1"];
    const { stdout } = await asrInProcess(words, { stdin: JSON_TRANSCRIPT });
    const lines = stdout.split("\n").filter((line) => /\p{Script=Han}/u.test(line));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(8);
  });

  it("writes words' times where they are known and wanted", async () => {
    const { stdout } = await asrInProcess(["format", "-", "-f", "vtt", "--karaoke"], {
      stdin: JSON_TRANSCRIPT,
    });
    expect(stdout).toContain("今天<00:00:01.000>的<00:00:01.100>节目");
  });

  it.each([
    ["traditional", "這裏說的頭髮"],
    ["taiwan", "這裡說的頭髮"],
    ["hongkong", "這裏説的頭髮"],
    ["simplified", "这里说的头发"],
  ])("writes %s characters", async (script, text) => {
    const { stdout } = await asrInProcess(["format", "-", "--chinese", script], { stdin: SRT });
    expect(stdout).toBe(`${text}\nhello\n`);
  });

  it("takes style and script from the settings file", async () => {
    const cwd = folderWith({ "talk.srt": SRT, ".asrrc": "chinese: taiwan\nstyle: plain\n" });
    const { stdout } = await asrInProcess(["format", "talk.srt", "-f", "srt"], { cwd });
    expect(stdout).toBe(SRT.replace("这里说的头发", "這裡說的頭髮"));
  });
});

describe("asr format refuses", () => {
  it.each([
    ["a file that is not there", ["nope.srt"], 3, "can't read nope.srt", "there is no such file"],
    ["a folder", ["."], 3, "can't read .", "it is a folder"],
    [
      "what is no transcript",
      ["prose.txt"],
      3,
      "prose.txt: not a transcript that asr knows",
      "WebVTT",
    ],
    ["an empty file", ["empty.srt"], 3, "empty.srt: the file is empty", ""],
    [
      "damage, with its line",
      ["broken.srt"],
      3,
      "broken.srt: line 2: the times can't be read",
      "asr lint",
    ],
    [
      "bytes that are no UTF-8",
      ["gbk.srt"],
      3,
      "gbk.srt: line 3: the text is not UTF-8",
      "iconv -f GB18030",
    ],
    [
      "several formats on stdout",
      ["talk.srt", "-f", "srt,vtt"],
      2,
      "stdout takes one format",
      "-o",
    ],
    [
      "to write over its input",
      ["talk.srt", "-o", "talk.srt"],
      2,
      "would overwrite the input",
      "-o",
    ],
    ["a style that is none", ["talk.srt", "--style", "netflix"], 2, "netflix", "netflix-zh"],
    ["a script that is none", ["talk.srt", "--chinese", "tw"], 2, "tw", "taiwan"],
  ])("%s", async (_, words, exitCode, message, advice) => {
    const cwd = folderWith({
      "talk.srt": SRT,
      "prose.txt": "hello\n",
      "empty.srt": "",
      "broken.srt": "1\n00:00:01,000 --> 00:00:x2,000\nhello\n",
      "gbk.srt": Buffer.concat([
        Buffer.from("1\n00:00:01,000 --> 00:00:02,000\n"),
        Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x0a]),
      ]),
    });
    const { code, stdout, stderr } = await asrInProcess(["format", ...words], { cwd });
    expect([code, stdout]).toEqual([exitCode, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(advice);
  });

  it("and leaves an existing result as it was", async () => {
    const cwd = folderWith({
      "talk.srt": "1\n00:00:01,000 --> x00:00:02,000\na\n",
      "out.vtt": "old",
    });
    expect((await asrInProcess(["format", "talk.srt", "-o", "out.vtt"], { cwd })).code).toBe(3);
    expect(readFileSync(path.join(cwd, "out.vtt"), "utf8")).toBe("old");
    expect(existsSync(path.join(cwd, "out.partial.vtt"))).toBe(false);
  });
});
