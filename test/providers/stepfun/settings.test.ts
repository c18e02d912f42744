import { describe, expect, it } from "vitest";
import type { RecognitionSettings } from "../../../src/providers/contract.ts";
import { stepfun } from "../../../src/providers/stepfun/index.ts";
import { parametersOf, transcriptionFields } from "../../../src/providers/stepfun/settings.ts";
import { pcm, SAMPLES } from "../../vendors/hand/audio.ts";
import { failureOf, pcmInput, settingsOf, warningCodesOf } from "../vendor-world.ts";
import { fileInput, inputOf, open, recognised } from "./open.ts";

function sent(changes: Partial<RecognitionSettings>): Readonly<Record<string, unknown>> {
  const settings = settingsOf(changes);
  return transcriptionFields(settings, parametersOf(settings));
}

describe("what becomes of the settings", () => {
  it.each([
    ["zh", "zh"],
    ["zh-Hant-HK", "zh"],
    ["cmn-Hans", "zh"],
    ["yue", "yue"],
    ["en-US", "en"],
    ["pt-BR", "pt"],
  ])("--language %s is %s", (language, expected) => {
    expect(sent({ language }).language).toBe(expected);
  });

  it("auto leaves the language out", () => {
    expect(sent({ language: "auto" })).not.toHaveProperty("language");
  });

  it("a language that is no tag is exit 2", () => {
    expect(() => stepfun.resolve(settingsOf({ language: "not a tag" }))).toThrow(
      expect.objectContaining({ kind: "usage", exitCode: 2 }),
    );
  });

  it.each([
    ["stepaudio-2.5-asr", "stepaudio-2.5-asr"],
    ["stepaudio-2-asr-pro", "stepaudio-2-asr-pro"],
    ["stepaudio-3-asr-max", "stepaudio-3-asr-max"],
    ["step-asr-1.1-stream", "stepaudio-2.5-asr"],
  ])("model %s is %s", (model, expected) => {
    expect(stepfun.resolve(settingsOf({ model })).model).toBe(expected);
    expect(stepfun.resolve(settingsOf({ parameters: { model } })).model).toBe(expected);
  });

  it("an unknown model is exit 2, unless it is forced", () => {
    expect(() => stepfun.resolve(settingsOf({ model: "stepaudio-9" }))).toThrow(
      expect.objectContaining({
        kind: "usage",
        details: { hint: expect.stringContaining("--set-unchecked model=stepaudio-9") },
      }),
    );
    const uncheckedParameters = { model: "stepaudio-9" };
    expect(stepfun.resolve(settingsOf({ uncheckedParameters })).model).toBe("stepaudio-9");
  });

  it("--set beats --model, --language and --hotword", () => {
    const settings = {
      model: "stepaudio-2.5-asr",
      language: "zh",
      hotwords: [{ text: "甲" }],
      parameters: { model: "stepaudio-3-asr-max", language: "en", hotwords: ["乙"] },
    };
    expect(sent(settings)).toMatchObject({
      model: "stepaudio-3-asr-max",
      language: "en",
      hotwords: ["乙"],
    });
  });

  it("hotwords go without their weights, with a warning", () => {
    const hotwords = [{ text: "阶跃星辰", weight: 5 }, { text: `a"b\\c&=+% ` }];
    expect(sent({ hotwords }).hotwords).toEqual(["阶跃星辰", `a"b\\c&=+% `]);
    expect(stepfun.resolve(settingsOf({ hotwords })).warnings.map(({ code }) => code)).toEqual([
      "unsupported-hotword-weights",
    ]);
  });

  it("times follow the output, and --set beats that", () => {
    expect(sent({ timesWanted: true }).enable_timestamp).toBe(true);
    expect(sent({ timesWanted: false }).enable_timestamp).toBe(false);
    expect(sent({ timesWanted: false, parameters: { enable_timestamp: true } })).toMatchObject({
      enable_timestamp: true,
    });
  });

  it("enable_itn is sent as asked and left to the vendor otherwise", () => {
    expect(sent({ parameters: { enable_itn: false } }).enable_itn).toBe(false);
    expect(sent({})).not.toHaveProperty("enable_itn");
  });

  it("full_rerun_on_commit is taken with a warning and not sent", () => {
    const settings = { parameters: { full_rerun_on_commit: true } };
    expect(stepfun.resolve(settingsOf(settings)).warnings.map(({ code }) => code)).toEqual([
      "ignored-full-rerun-on-commit",
    ]);
    expect(sent(settings)).not.toHaveProperty("full_rerun_on_commit");
  });

  it("features that are lacking are warnings", () => {
    const { warnings } = stepfun.resolve(settingsOf({ words: true, speakers: true }));
    expect(warnings.map(({ code }) => code)).toEqual(["unsupported-words", "unsupported-speakers"]);
  });

  it.each([
    [{ rate: 0 }],
    [{ rate: 1.5 }],
    [{ type: "flac" }],
    [{ hotwords: [""] }],
    [{ enable_itn: "yes" }],
    [{ data: "AAAA" }],
  ])("the parameters %j are exit 2", (parameters) => {
    expect(() => stepfun.resolve(settingsOf({ parameters }))).toThrow(
      expect.objectContaining({ kind: "usage" }),
    );
  });

  it.each(["data", "audio.data"])("nobody sets %s", (name) => {
    expect(() => stepfun.resolve(settingsOf({ uncheckedParameters: { [name]: "AAAA" } }))).toThrow(
      expect.objectContaining({ kind: "usage" }),
    );
  });

  it("every parameter is described", () => {
    for (const schema of Object.values(stepfun.parameters.shape)) {
      expect(schema.meta()?.description).toMatch(/\w/);
    }
  });
});

describe("what is sent", () => {
  it("unknown parameters go where they belong, as what they look like", async () => {
    const opened = await open();
    const uncheckedParameters = {
      prompt: "会议",
      temperature: "0.5",
      "transcription.flags": '["a"]',
      "format.layout": "mono",
      channel: "1",
    };
    const failure = await failureOf(
      recognised(opened, pcmInput(pcm(100)), { uncheckedParameters }),
    );
    expect(failure).toMatchObject({ details: { vendorCode: 400 } });
    expect(inputOf(opened.vendor)).toMatchObject({
      transcription: { prompt: "会议", temperature: 0.5, flags: ["a"] },
      format: { layout: "mono", channel: 1 },
    });
  });

  it("unknown parameters may be written with their full names", async () => {
    const opened = await open();
    const uncheckedParameters = {
      "audio.input.format.rate": "16000",
      "audio.input.format.layout": "mono",
      "audio.input.transcription.prompt": "会议",
      "input.transcription.flags": '["a"]',
    };
    await failureOf(recognised(opened, pcmInput(pcm(100)), { uncheckedParameters }));
    const { transcription, format } = inputOf(opened.vendor);
    expect(transcription).toEqual({
      model: "stepaudio-2.5-asr",
      enable_timestamp: true,
      prompt: "会议",
      flags: ["a"],
    });
    expect(format).toMatchObject({ rate: 16_000, layout: "mono" });
  });

  it.each(["audio.input.vad", "audio.format.rate", "input.data"])(
    "%s, which has no place in the request, is exit 2",
    (name) => {
      const settings = settingsOf({ uncheckedParameters: { [name]: "1" } });
      expect(() => stepfun.resolve(settings)).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );

  it("facts of the audio can be added", async () => {
    const opened = await open();
    const parameters = { codec: "opus", rate: 48_000, channel: 2 };
    const input = fileInput("ogg", "opus", SAMPLES["ogg-opus"]);
    const events = await recognised(opened, input, { parameters });
    expect(inputOf(opened.vendor).format).toEqual({ type: "ogg", ...parameters });
    expect(warningCodesOf(events)).toEqual([]);
  });

  it("facts that contradict the audio are sent with a warning", async () => {
    const opened = await open();
    const parameters = { rate: 8000 };
    const events = await recognised(opened, pcmInput(pcm(100)), { parameters });
    expect(inputOf(opened.vendor).format.rate).toBe(8000);
    expect(warningCodesOf(events)).toEqual(["format-overridden"]);
  });

  it("hotwords arrive as they were written", async () => {
    const opened = await open();
    const hotwords = ["阶跃 星辰", `"quoted"`, "a|b,c", "\\", "😀"].map((text) => ({ text }));
    await recognised(opened, pcmInput(pcm(100)), { hotwords });
    expect(inputOf(opened.vendor).transcription.hotwords).toEqual(hotwords.map(({ text }) => text));
    expect(opened.vendor.violations).toEqual([]);
  });
});
