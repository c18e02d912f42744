/** `--chinese`: everything that a vendor says, in the script that was asked for. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asrInProcess } from "./in-process.ts";
import { AUDIO } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

describe("--chinese traditional", () => {
  it("transcribe: segments and their words, which keep their times", async () => {
    const { env } = await openVendor("tencent-flash");
    const words = ["transcribe", CLIP, "-p", "tencent-flash", "--words", "-f", "json"];
    const as = async (...more: string[]) =>
      JSON.parse((await asrInProcess([...words, ...more], { env })).stdout);
    const [plain, converted] = [await as(), await as("--chinese", "traditional")];
    expect(plain.text).toContain("你好，欢迎使用语音识别。");
    expect(converted.text).toContain("你好，歡迎使用語音識別。");
    const timesOf = ({ segments }: typeof plain) =>
      segments.map(({ words: timed }: { words: object[] }) =>
        timed.map((word) => ({ ...word, word: "" })),
      );
    expect(timesOf(converted)).toEqual(timesOf(plain));
    const joined = converted.segments[0].words.map(({ word }: { word: string }) => word).join("");
    expect(converted.segments[0].text.startsWith(joined.slice(0, 4))).toBe(true);
  });

  it("stream: partials too", async () => {
    const { env } = await openVendor("tencent-realtime");
    const words = ["stream", CLIP, "-p", "tencent-realtime", "-f", "jsonl"];
    const { code, stdout } = await asrInProcess([...words, "--chinese", "traditional"], { env });
    expect(code).toBe(0);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const texts = (type: string): string[] =>
      events.flatMap((event) => (event.type === type ? [event.text] : []));
    expect(texts("partial").join()).toMatch(/點/);
    expect([...texts("partial"), ...texts("final")].join()).not.toMatch(/欢|语|识|点/);
  });
});
