/** `-f html`: the page of a recording, with its sound in it, beside it, or told to be missing. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openFile } from "../formats/html/browser.ts";
import { attributeOf, type ParsedPage, parsedPage } from "../formats/html/report-page.ts";
import { itWith } from "../tools.ts";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, asr, temporaryFolder } from "./run.ts";

const JFK = path.join(AUDIO, "en-jfk.wav");
const SHA256 = "59dfb9a4acb36fe2a2affc14bacbee2920ff435cb13cc314a08c13f66ba7860e";

const TRANSCRIPT = {
  schema_version: 1,
  provider: "tencent-flash",
  language: "en",
  duration: 11,
  text: "",
  segments: [
    {
      id: 0,
      start: 0.3,
      end: 2.3,
      text: "And so",
      words: [
        { word: "And", start: 0.3, end: 0.5 },
        { word: "so", start: 0.5, end: 2.3 },
      ],
    },
  ],
  warnings: [],
  request_ids: [],
  source: { name: "talk.wav", duration: 11, sample_rate: 16_000, channels: 1, sha256: SHA256 },
};

function folderWith(recordings: readonly string[], transcript: object = TRANSCRIPT): string {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, "talk.json"), JSON.stringify(transcript));
  for (const name of recordings) {
    mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    copyFileSync(JFK, path.join(cwd, name));
  }
  return cwd;
}

function pageIn(cwd: string, name = "talk.html"): ParsedPage {
  return parsedPage(readFileSync(path.join(cwd, name), "utf8"));
}

/** Address of the sound: "data:…", a relative one, or undefined. */
function soundOf({ elements }: ParsedPage): string | undefined {
  const sound = elements.find(({ tagName }) => tagName === "audio");
  return sound && attributeOf(sound, "src");
}

describe("asr format -f html", () => {
  it("embeds the recording that the transcript names, from beside it", async () => {
    const cwd = folderWith(["talk.wav"]);
    const { code, stderr } = await asrInProcess(["format", "talk.json", "-o", "talk.html"], {
      cwd,
    });
    expect([code, stderr]).toEqual([0, ""]);
    const page = pageIn(cwd);
    const [type, base64 = ""] = soundOf(page)?.split(",") ?? [];
    expect(type).toBe("data:audio/wav;base64");
    expect(Buffer.from(base64, "base64").equals(readFileSync(JFK))).toBe(true);
    expect(page.data.peaks).toBeDefined();
    expect(page.data.segments[0]?.words).toEqual([0, 3, 300, 500, 4, 6, 500, 2300]);
  });

  it("links it instead with --no-embed-audio, from wherever the page is", async () => {
    const name = "a #1 100%?.wav";
    const cwd = folderWith([name], { ...TRANSCRIPT, source: { ...TRANSCRIPT.source, name } });
    mkdirSync(path.join(cwd, "pages"));
    const words = ["format", "talk.json", "-o", "pages/talk.html", "--no-embed-audio"];
    expect((await asrInProcess(words, { cwd })).code).toBe(0);
    expect(soundOf(pageIn(cwd, "pages/talk.html"))).toBe("../a%20%231%20100%25%3F.wav");
  });

  it("takes the recording that --audio names", async () => {
    const cwd = folderWith(["other/name.wav"]);
    const words = ["format", "talk.json", "-f", "html", "--audio", "other/name.wav"];
    const { code, stdout, stderr } = await asrInProcess(words, { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    expect(soundOf(parsedPage(stdout))).toMatch(/^data:audio\/wav;base64,/);
  });

  it.each([
    [
      "is not there",
      [],
      "talk.wav is not there any more, or is another one; name the recording with --audio",
    ],
    ["was changed", ["talk.wav"], "name the recording with --audio"],
  ])("goes without sound where the recording %s, and says so", async (_, names, message) => {
    const source = { ...TRANSCRIPT.source, sha256: "0".repeat(64) };
    const cwd = folderWith(names, { ...TRANSCRIPT, source });
    const { code, stderr } = await asrInProcess(["format", "talk.json", "-o", "talk.html"], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stderr).toContain("its HTML report has no sound");
    expect(stderr).toContain(message);
    expect(soundOf(pageIn(cwd))).toBeUndefined();
  });

  it("puts no other file into the page, whatever a transcript names", async () => {
    const secret = path.join(temporaryFolder(), "secret.wav");
    copyFileSync(JFK, secret);
    const source = { ...TRANSCRIPT.source, name: secret, sha256: "1".repeat(64) };
    const cwd = folderWith([], { ...TRANSCRIPT, source });
    await asrInProcess(["format", "talk.json", "-o", "talk.html"], { cwd });
    expect(soundOf(pageIn(cwd))).toBeUndefined();
  });

  it.each([
    ["a recording that is not there", ["--audio", "nope.wav"], "there is no such file"],
    ["what is no recording", ["--audio", "talk.json"], "JSON"],
  ])("says what is wrong with --audio: %s", async (_, flags, message) => {
    const cwd = folderWith([]);
    const words = ["format", "talk.json", "-o", "talk.html", ...flags];
    const { code, stderr } = await asrInProcess(words, { cwd });
    expect([code, stderr.includes(message)]).toEqual([0, true]);
    expect(soundOf(pageIn(cwd))).toBeUndefined();
  });

  it("refuses --audio where no report is written", async () => {
    const cwd = folderWith(["talk.wav"]);
    const { code, stderr } = await asrInProcess(["format", "talk.json", "--audio", "talk.wav"], {
      cwd,
    });
    expect([code, stderr.includes("add -f html")]).toEqual([2, true]);
  });
});

describe("asr transcribe -f html", () => {
  it("writes the page beside other formats, with sound and times", async () => {
    const cwd = folderWith(["talk.wav"]);
    const words = ["transcribe", "talk.wav", "-f", "html,srt", "-o", "out/"];
    const { code } = await asrInProcess(words, { cwd });
    expect(code).toBe(0);
    const page = pageIn(cwd, "out/talk.html");
    expect(soundOf(page)).toMatch(/^data:audio\/wav;base64,/);
    expect(page.data.segments[0]?.text).toMatch(/fellow Americans/);
    expect(page.data.durationMs).toBe(11_000);
  });

  it("keeps what a pipe brings, and gives the page to stdout", async () => {
    const stdin = readFileSync(JFK);
    const { code, stdout } = await asr(["transcribe", "-", "-f", "html"], { stdin });
    expect(code).toBe(0);
    const [, base64 = ""] = soundOf(parsedPage(stdout))?.split(",") ?? [];
    expect(Buffer.from(base64, "base64").equals(stdin)).toBe(true);
  });

  it("refuses several pages on stdout before anything is heard", async () => {
    const cwd = folderWith(["a.wav", "b.wav"]);
    const words = ["transcribe", "a.wav", "b.wav", "-f", "html"];
    const { code, stdout, stderr } = await asrInProcess(words, { cwd });
    expect([code, stdout, stderr.includes("can't share stdout")]).toEqual([2, "", true]);
  });
});

describe("a page with the recording beside it", () => {
  itWith("chromium", "plays it from the disk, also after both were moved", async () => {
    const name = "会议 #1 'a' 100%.wav";
    const cwd = folderWith([`talks/${name}`], {
      ...TRANSCRIPT,
      source: { ...TRANSCRIPT.source, name: `talks/${name}` },
    });
    const words = ["format", "talk.json", "-o", "talks/talk.html", "--no-embed-audio"];
    expect((await asrInProcess(words, { cwd })).code).toBe(0);
    renameSync(path.join(cwd, "talks"), path.join(cwd, "moved"));
    const { page, faults } = await openFile(path.join(cwd, "moved", "talk.html"));
    const sound = page.locator("#sound");
    await page.keyboard.press("Space");
    await expect
      .poll(() => sound.evaluate((audio: { currentTime: number }) => audio.currentTime), {
        timeout: 20_000,
      })
      .toBeGreaterThan(0.6);
    expect(await page.locator(".word[aria-current]").textContent()).toBe("so");
    expect(faults).toEqual([]);
  });
});
