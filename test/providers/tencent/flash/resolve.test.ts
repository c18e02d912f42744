import { describe, expect, it } from "vitest";
import type { AudioFacts } from "../../../../src/audio/types.ts";
import { AsrError } from "../../../../src/errors.ts";
import type { RecognitionSettings } from "../../../../src/providers/contract.ts";
import { tencentFlash } from "../../../../src/providers/tencent/flash/index.ts";
import { planFlash } from "../../../../src/providers/tencent/flash/request.ts";
import { SETTINGS } from "../rig.ts";

const facts = (sampleRate: number, channels = 1): AudioFacts => ({
  container: "wav",
  encoding: "s16le",
  sampleRate,
  channels,
});

const resolve = (settings: Partial<RecognitionSettings>, audio?: AudioFacts) =>
  tencentFlash.resolve({ ...SETTINGS, ...settings }, audio);

const query = (settings: Partial<RecognitionSettings>, audio?: AudioFacts) =>
  planFlash({ ...SETTINGS, ...settings }, audio).query;

function refusal(settings: Partial<RecognitionSettings>): AsrError {
  try {
    resolve(settings);
  } catch (error) {
    if (error instanceof AsrError) return error;
  }
  throw new Error("it was taken");
}

describe("the engine of tencent-flash", () => {
  const ROWS: readonly (readonly [language: string, rate: number, engine: string])[] = [
    ["auto", 16_000, "16k_zh-PY"],
    ["auto", 8000, "8k_zh"],
    ["zh", 16_000, "16k_zh"],
    ["zh-CN", 44_100, "16k_zh"],
    ["zh-Hans-CN", 16_000, "16k_zh"],
    ["cmn", 16_000, "16k_zh"],
    ["zh", 8000, "8k_zh"],
    ["en", 48_000, "16k_en"],
    ["en-GB", 8000, "8k_en"],
    ["EN_us", 16_000, "16k_en"],
    ["yue", 16_000, "16k_yue"],
    ["yue-HK", 8000, "16k_yue"],
    ["zh-yue", 16_000, "16k_yue"],
    ["wuu", 16_000, "16k_zh_dialect"],
    ["zh-gan", 16_000, "16k_zh_dialect"],
    ["hsn", 8000, "16k_zh_dialect"],
    ["cjy", 16_000, "16k_zh_dialect"],
    ...["ja", "ko", "vi", "ms", "id", "fil", "th", "pt", "tr"].map(
      (tag) => [tag, 8000, `16k_${tag}`] as const,
    ),
    ...["ar", "es", "hi", "fr", "de"].map((tag) => [tag, 16_000, `16k_${tag}`] as const),
    ["pt-BR", 16_000, "16k_pt"],
    ["tl", 16_000, "16k_fil"],
  ];

  it.each(ROWS)("for %s at %i Hz is %s", (language, rate, model) => {
    expect(resolve({ language }, facts(rate))).toEqual({
      model,
      sampleRate: model.startsWith("8k") ? 8000 : 16_000,
      warnings: [],
    });
  });

  it("is for wide-band audio where the rate is not known", () => {
    expect(resolve({ language: "zh" })).toMatchObject({ model: "16k_zh", sampleRate: 16_000 });
  });

  it("takes compressed audio of any rate that is high enough", () => {
    const mp3 = (rate: number) => ({ ...facts(rate), container: "mp3" as const });
    expect(resolve({ language: "zh" }, mp3(44_100))).not.toHaveProperty("sampleRate");
    expect(resolve({ language: "zh" }, mp3(8000))).toMatchObject({ sampleRate: 8000 });
    expect(resolve({ language: "ja" }, mp3(8000))).toMatchObject({ sampleRate: 16_000 });
    expect(resolve({ model: "8k_zh" }, mp3(44_100))).toMatchObject({ sampleRate: 8000 });
  });

  it("comes from --set before -m before -l", () => {
    const parameters = { engine_type: "8k_zh" };
    expect(resolve({ language: "ja", model: "16k_en" })).toMatchObject({ model: "16k_en" });
    expect(resolve({ language: "ja", model: "16k_en", parameters })).toMatchObject({
      model: "8k_zh",
      sampleRate: 8000,
    });
  });

  it.each(["sw", "", "auto-CN", "nan", "zh CN", "constructor"])(
    "is refused for the language %j",
    (language) => {
      expect(refusal({ language })).toMatchObject({ kind: "usage", exitCode: 2 });
    },
  );

  it("is warned about where nobody knows it, and refused where it can't be one", () => {
    expect(resolve({ model: "16k_zh_2030" })).toMatchObject({
      model: "16k_zh_2030",
      warnings: [{ code: "unknown-engine" }],
    });
    expect(resolve({ model: "16k_zh_large" }).warnings).toEqual([]);
    expect(refusal({ model: "whisper-1" }).exitCode).toBe(2);
  });
});

describe("what tencent-flash is asked for", () => {
  it("follows the output", () => {
    expect(query({})).toMatchObject({ word_info: "0", voice_format: "pcm" });
    expect(query({ words: true })).toMatchObject({ word_info: "2" });
    expect(query({ timesWanted: true })).toMatchObject({ word_info: "0" });
    expect(query({ timesWanted: true, words: true })).toMatchObject({ word_info: "2" });
    expect(query({ subtitles: true })).toMatchObject({ word_info: "3" });
    expect(query({ subtitles: true, words: true })).toMatchObject({ word_info: "3" });
    expect(query({ subtitles: true, parameters: { word_info: 1 } })).toMatchObject({
      word_info: "1",
    });
  });

  it("is every channel only where there are several", () => {
    expect(query({ allChannels: true }, facts(16_000, 2))).toMatchObject({
      first_channel_only: "0",
    });
    expect(query({ allChannels: true }, facts(16_000, 1))).not.toHaveProperty("first_channel_only");
    expect(query({}, facts(16_000, 2))).not.toHaveProperty("first_channel_only");
  });

  it("is speakers and hotwords as the vendor writes them", () => {
    const hotwords = [{ text: "腾讯云", weight: 11 }, { text: "AT&T" }];
    expect(query({ language: "zh", speakers: true, hotwords })).toMatchObject({
      speaker_diarization: "1",
      hotword_list: "腾讯云|11,AT&T|10",
    });
  });

  it("is what --set-unchecked names, as it is", () => {
    expect(query({ uncheckedParameters: { emotion: "2" } })).toMatchObject({ emotion: "2" });
  });

  it("is no parameter that is known and yet unchecked", () => {
    expect(refusal({ uncheckedParameters: { engine_type: "8k_zh" } })).toMatchObject({
      kind: "usage",
      details: { hint: expect.stringContaining("--set engine_type=") },
    });
  });

  it("lowers the rate that audio must have with input_sample_rate", () => {
    expect(
      resolve({ language: "ja", parameters: { input_sample_rate: 8000, voice_format: "pcm" } }),
    ).toMatchObject({ model: "16k_ja", sampleRate: 8000, warnings: [] });
  });

  it.each([
    ["wide WAV", facts(16_000)],
    ["narrow WAV", facts(8000)],
    ["MP3", { ...facts(44_100), container: "mp3", encoding: "mp3" } as unknown as AudioFacts],
  ])("wants PCM, and a wide-band engine, for input_sample_rate: %s", (_, audio) => {
    expect(resolve({ parameters: { input_sample_rate: 8000 } }, audio)).toEqual({
      model: "16k_zh-PY",
      sampleRate: 8000,
      container: "pcm",
      warnings: [],
    });
  });
});

describe("what tencent-flash can't do is warned about", () => {
  const codes = (settings: Partial<RecognitionSettings>) =>
    resolve(settings).warnings.map(({ code }) => code);

  it.each([
    ["unsupported-speakers", { speakers: true }],
    ["unsupported-speakers", { parameters: { speaker_diarization: 1 } }],
    ["unsupported-filter-dirty", { parameters: { filter_dirty: 2 } }],
    ["unsupported-filter-modal", { parameters: { filter_modal: 1 } }],
    ["unsupported-filter-punc", { parameters: { filter_punc: 1 } }],
    ["unsupported-reinforce-hotword", { parameters: { reinforce_hotword: 1 } }],
    ["unsupported-hotword-weight", { hotwords: [{ text: "a", weight: 100 }] }],
    [
      "unsupported-input-sample-rate",
      { parameters: { input_sample_rate: 8000, voice_format: "wav" } },
    ],
    ["ignored-hotword-id", { hotwords: [{ text: "a" }], parameters: { hotword_id: "x" } }],
    ["ignored-hotwords", { hotwords: [{ text: "a" }], parameters: { hotword_list: "b|5" } }],
  ] as const)("%s: %j", (code, settings) => {
    expect(codes({ language: "en", ...settings })).toEqual([code]);
  });

  it("not where it can", () => {
    const parameters = {
      speaker_diarization: 1,
      filter_dirty: 2,
      filter_modal: 2,
      filter_punc: 2,
      reinforce_hotword: 1,
      hotword_list: "蜜制|100",
    };
    expect(codes({ language: "zh", parameters })).toEqual([]);
    expect(
      codes({ language: "en", parameters: { filter_dirty: 0, reinforce_hotword: 0 } }),
    ).toEqual([]);
  });

  it("with the engine of dialects, which is not the Mandarin one", () => {
    const parameters = { filter_dirty: 1, filter_modal: 1, filter_punc: 1 };
    expect(codes({ language: "wuu", speakers: true, parameters })).toEqual([
      "unsupported-speakers",
      "unsupported-filter-dirty",
      "unsupported-filter-modal",
      "unsupported-filter-punc",
    ]);
    expect(codes({ model: "16k_zh-PY", parameters })).toEqual([]);
  });

  it("where channels are wanted apart and would be mixed", () => {
    const parameters = { first_channel_only: 0 };
    const told = (settings: Partial<RecognitionSettings>, channels: number) =>
      resolve(settings, facts(16_000, channels)).warnings.map(({ code }) => code);
    expect(told({ parameters }, 2)).toEqual(["unsupported-channels"]);
    expect(told({ parameters, allChannels: true }, 2)).toEqual([]);
    expect(told({ parameters }, 1)).toEqual([]);
  });

  it("and --speakers is then not sent", () => {
    expect(query({ language: "en", speakers: true })).not.toHaveProperty("speaker_diarization");
  });
});

describe("parameters of tencent-flash", () => {
  const { parameters } = tencentFlash;

  it("all have a line of help", () => {
    for (const [name, schema] of Object.entries(parameters.shape)) {
      expect(schema.description, name).toMatch(/^[^\n]{10,200}$/);
    }
  });

  it.each([
    ["engine_type", ["16k_zh", "8k_en", "16k_zh-PY", "16k_new_one"], ["zh", "32k_zh", "16k_", 1]],
    ["voice_format", ["wav", "ogg-opus", "amr"], ["ogg", "flac", ""]],
    ["speaker_diarization", [0, 1], [2, -1, 0.5, "1", true]],
    ["hotword_id", ["", "584f4d00"], [1]],
    ["reinforce_hotword", [0, 1], [2]],
    ["customization_id", ["x"], [1]],
    ["filter_dirty", [0, 1, 2], [3, -1]],
    ["filter_modal", [0, 1, 2], [3]],
    ["filter_punc", [0, 1, 2], [3]],
    ["convert_num_mode", [0, 1], [2]],
    ["word_info", [0, 1, 2, 3], [4, -1]],
    ["first_channel_only", [0, 1], [2]],
    ["sentence_max_length", [0, 6, 40], [1, 5, 41, -6]],
    ["hotword_list", ["", "a|1", "a|11,b|100"], ["a", "a|12", "a|1|1", ",", "a|0"]],
    ["input_sample_rate", [8000], [16_000, 0]],
    ["replace_text_id", ["x"], [1]],
    ["extra_punc", [0, 1], [2]],
    ["noisedetection", [0, 1], [2]],
  ])("%s takes its range and nothing else", (name, taken, refused) => {
    for (const value of taken) {
      expect(parameters.safeParse({ [name]: value }).success, String(value)).toBe(true);
    }
    for (const value of refused) {
      expect(parameters.safeParse({ [name]: value }).success, String(value)).toBe(false);
      expect(refusal({ parameters: { [name]: value } }).exitCode).toBe(2);
    }
  });

  it("are known by the document's names alone", () => {
    expect(parameters.safeParse({ wordinfo: 1 }).success).toBe(false);
    expect(Object.keys(parameters.shape)).toHaveLength(18);
  });
});
