/** Subtitle styles as a user of the command line meets them. */
import { describe, expect, it } from "vitest";
import { STYLE_RULE_OPTIONS } from "../../src/settings/options/subtitles.ts";
import { flagOf } from "../../src/settings/spelling.ts";
import { asrInProcess } from "./in-process.ts";

const TALK = JSON.stringify({
  schema_version: 1,
  provider: "tencent-flash",
  language: "zh",
  duration: 12,
  text: "",
  segments: [
    {
      id: 0,
      start: 0,
      end: 6,
      text: "今天我们要讨论的是人工智能在医疗领域的应用，以及它会给生活带来哪些改变。",
      speaker: "0",
    },
    { id: 1, start: 6.2, end: 8, text: "听起来很有意思。", speaker: "1" },
  ],
  warnings: [],
  request_ids: [],
});

function format(...words: readonly string[]) {
  return asrInProcess(["format", "-", "-f", "srt", ...words], { stdin: TALK });
}

describe("subtitle options", () => {
  it("shape Chinese by Netflix's Chinese guide where nothing is said", async () => {
    const { code, stdout, stderr } = await format();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "1\n00:00:00,000 --> 00:00:03,620\n今天我们要讨论的是人工智能\n在医疗领域的应用\n\n" +
        "2\n00:00:03,700 --> 00:00:06,120\n以及它会给生活带来哪些改变\n\n" +
        "3\n00:00:06,200 --> 00:00:08,500\n听起来很有意思\n\n",
    );
  });

  it("set single rules otherwise", async () => {
    const rules = ["--max-line", "10", "--max-lines", "1", "--min-gap", "0.2", "--linger", "0"];
    const { stdout } = await format(...rules, "--subtitle-punctuation", "keep");
    const lines = stdout.split("\n").filter((line) => /\p{Script=Han}/u.test(line));
    expect(lines.at(-1)).toBe("听起来很有意思。");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(10);
    expect(stdout).toContain("00:00:06,200 --> 00:00:08,000\n");
    expect(stdout).toContain("--> 00:00:06,000\n");
  });

  it("name who speaks", async () => {
    const { stdout } = await format("--speaker-style", "name");
    expect(stdout).toContain("说话人1：听起来很有意思");
  });

  it("come from settings, with plain above them", async () => {
    const env = { ASR_MAX_LINE: "10" };
    const words = ["format", "-", "-f", "srt"];
    const narrow = await asrInProcess(words, { stdin: TALK, env });
    expect(narrow.stdout.split("\n")[2]?.length).toBeLessThanOrEqual(10);
    const plain = await asrInProcess([...words, "--style", "plain"], { stdin: TALK, env });
    expect(plain.stdout).toContain("以及它会给生活带来哪些改变。\n");
  });

  it("say where the speech is too fast to be read", async () => {
    const { code, stderr } = await format("--max-cps", "3");
    expect(code).toBe(0);
    expect(stderr).toMatch(/speech too fast to be read in \d of 3 cues, the worst at 0:00:0\d/);
  });

  it.each([
    [["--style", "netflix"], "netflix-zh, netflix-en, bbc"],
    [["--min-duration", "8", "--max-duration", "6"], "at least and 6 s at most"],
    [["--max-line", "2"], "--max-line"],
  ])("%j is exit 2", async (words, message) => {
    const { code, stderr } = await format(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each(STYLE_RULE_OPTIONS)("$key and the style plain contradict each other", async (row) => {
    const flag = flagOf(row.key);
    const { code, stderr } = await format("--style", "plain", flag, `${row.example}`);
    expect(code).toBe(2);
    expect(stderr).toContain(`${flag} and the style plain contradict each other`);
  });
});
