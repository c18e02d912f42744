import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { formats, type Sound, transcribe } from "../../src/index.ts";
import { FORMAT_NAMES } from "../../src/settings/names.ts";
import { asrInProcess } from "../cli/in-process.ts";
import { temporaryFolder } from "../cli/run.ts";
import { CLIP, openProvider } from "./providers.ts";

async function transcript() {
  const { provider } = await openProvider("tencent-flash");
  return transcribe(CLIP, { provider, formats: ["srt"] }).transcript;
}

describe("formats", () => {
  it("are those of the command", () => {
    expect(formats.names).toEqual(FORMAT_NAMES);
  });

  it.each(FORMAT_NAMES)("write %s as asr format does", async (name) => {
    const heard = await transcript();
    const json = formats.write(heard, "json").replaceAll(path.basename(CLIP), "gone.wav");
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "talk.json"), json);
    const words = ["format", "talk.json", "-f", name, "--style", "bbc", "--max-line", "20"];
    const { code, stdout } = await asrInProcess(words, { cwd });
    expect(code).toBe(0);
    const again = await formats.read(json);
    // What `asr format` says of a recording that is not there.
    const reason = /Without sound: (.*?)\.</.exec(stdout)?.[1] ?? "";
    const sound: Sound = { playback: { kind: "none", reason } };
    const options = { style: "bbc", overrides: { maxLine: 20 }, sound } as const;
    expect(formats.write(again, name, options)).toBe(stdout);
  });

  it("are read again as they were written", async () => {
    const heard = await transcript();
    expect(await formats.read(formats.write(heard, "json"))).toEqual(heard);
  });

  it("say what breaks a style", async () => {
    const srt = formats.write(await transcript(), "srt", { style: "bbc" });
    const tight = formats.lint(srt, { style: "bbc", overrides: { maxLine: 4 } });
    expect(tight.map(({ rule }) => rule)).toContain("line-length");
    expect(() => formats.lint("no subtitles")).toThrow(expect.objectContaining({ kind: "audio" }));
  });

  it("are read from a vendor's own answer", async () => {
    const answer = { type: "transcript.text.done", text: "hello" };
    const read = await formats.read(JSON.stringify([answer])).catch((error: unknown) => error);
    expect(read).toMatchObject({ provider: "stepfun" });
  });
});
