import { describe, expect, it } from "vitest";
import type { AudioFacts } from "../../../../src/audio/types.ts";
import { AsrError } from "../../../../src/errors.ts";
import type { RecognitionSettings } from "../../../../src/providers/contract.ts";
import { tencentRealtime } from "../../../../src/providers/tencent/realtime/index.ts";
import { planRealtime } from "../../../../src/providers/tencent/realtime/request.ts";
import { SETTINGS } from "../rig.ts";

const facts = (sampleRate: number, durationMs?: number): AudioFacts => ({
  container: "pcm",
  encoding: "s16le",
  sampleRate,
  channels: 1,
  ...(durationMs === undefined ? {} : { durationMs }),
});

const resolve = (settings: Partial<RecognitionSettings>, audio: AudioFacts = facts(16_000, 1000)) =>
  tencentRealtime.resolve({ ...SETTINGS, ...settings }, audio);

const plan = (settings: Partial<RecognitionSettings>, audio: AudioFacts = facts(16_000, 1000)) =>
  planRealtime({ ...SETTINGS, ...settings }, audio);

function refusal(settings: Partial<RecognitionSettings>): AsrError {
  try {
    resolve(settings);
  } catch (error) {
    if (error instanceof AsrError) return error;
  }
  throw new Error("it was taken");
}

describe("the engine of tencent-realtime", () => {
  const ROWS: readonly (readonly [language: string, rate: number, engine: string])[] = [
    ["auto", 16_000, "16k_0"],
    ["auto", 8000, "8k_0"],
    ["zh-CN", 44_100, "16k_0"],
    ["zh", 8000, "8k_0"],
    ["en-US", 16_000, "16k_en"],
    ["en", 8000, "16k_en"],
  ];

  it.each(ROWS)("for %s at %i Hz is %s", (language, rate, model) => {
    expect(resolve({ language }, facts(rate, 1000))).toEqual({
      model,
      sampleRate: model === "8k_0" ? 8000 : 16_000,
      sliceMs: 1000,
      warnings: [],
    });
  });

  it("comes from --set before -m before -l", () => {
    expect(resolve({ model: "8k_0" })).toMatchObject({ model: "8k_0", sampleRate: 8000 });
    expect(resolve({ model: "8k_0", parameters: { engine_model_type: "16k_en" } })).toMatchObject({
      model: "16k_en",
      sampleRate: 16_000,
    });
  });

  it("is refused for another language, and for what is no engine", () => {
    expect(refusal({ language: "ja" }).exitCode).toBe(2);
    expect(refusal({ model: "zh" }).exitCode).toBe(2);
    expect(resolve({ model: "16k_ja" }).warnings).toMatchObject([{ code: "unknown-engine" }]);
  });
});

describe("what tencent-realtime is asked for", () => {
  it("has the document's parameters, those of flash aside", () => {
    expect(plan({}).query).toEqual({
      engine_model_type: "16k_0",
      sub_service_type: "1",
      result_text_format: "0",
      res_type: "0",
      voice_format: "1",
      needvad: "0",
      projectid: "0",
      source: "0",
      timeout: "5000",
    });
  });

  it.each([
    [{}, 55_000, "0"],
    [{}, 55_001, "1"],
    [{}, undefined, "1"],
    [{ live: true }, undefined, "1"],
    [{ live: true, parameters: { needvad: 0 } }, undefined, "0"],
    [{ parameters: { needvad: 1 } }, 1000, "1"],
  ] as const)("%j over %s ms: needvad=%s", (settings, durationMs, needvad) => {
    expect(plan(settings, facts(16_000, durationMs)).query.needvad).toBe(needvad);
  });

  it("is a template instead of the four parameters, where one is named", () => {
    const { query, model } = plan({ parameters: { template_name: "calls", res_type: 1 } });
    expect(model).toBe("calls");
    expect(Object.keys(query).sort()).toEqual([
      "needvad",
      "projectid",
      "source",
      "template_name",
      "timeout",
      "voice_format",
    ]);
  });

  it("is slices of a second, and of 200 ms while somebody speaks", () => {
    expect(plan({}).sliceMs).toBe(1000);
    expect(plan({ live: true }).sliceMs).toBe(200);
  });

  it("is slices of another length, which is told nobody", () => {
    const { sliceMs, query } = plan({ live: true, parameters: { slice_ms: 400 } });
    expect(sliceMs).toBe(400);
    expect(query).not.toHaveProperty("slice_ms");
  });

  it("is for a template what is said of it", () => {
    const template_name = "calls";
    const told = { template_name, engine_model_type: "8k_0", res_type: 1 };
    expect(resolve({ parameters: told }, facts(44_100))).toEqual({
      model: "calls",
      sampleRate: 8000,
      sliceMs: 1000,
      warnings: [],
    });
    expect(resolve({ model: "8k_0", parameters: { template_name } })).toMatchObject({
      sampleRate: 8000,
    });
    expect(resolve({ parameters: { template_name } })).toMatchObject({ sampleRate: 16_000 });
  });

  it("is what --set-unchecked names, but for what the program owns", () => {
    expect(plan({ uncheckedParameters: { hotword_id: "h" } }).query).toMatchObject({
      hotword_id: "h",
    });
    for (const name of ["voice_id", "seq", "end", "secretid", "timestamp", "expired", "nonce"]) {
      expect(refusal({ uncheckedParameters: { [name]: "1" } }).exitCode).toBe(2);
    }
    for (const name of ["engine_model_type", "slice_ms"]) {
      expect(refusal({ uncheckedParameters: { [name]: "1" } })).toMatchObject({
        kind: "usage",
        details: { hint: expect.stringContaining(`--set ${name}=`) },
      });
    }
  });
});

describe("what tencent-realtime can't do is warned about", () => {
  it.each([
    [["unsupported-words"], { words: true }],
    [["unsupported-speakers"], { speakers: true }],
    [["unsupported-hotwords"], { hotwords: [{ text: "a" }] }],
    [[], { live: true, parameters: { needvad: 0 } }],
    [
      ["ignored-for-template"],
      { model: "8k_0", parameters: { template_name: "t", res_type: 0, sub_service_type: 0 } },
    ],
    [[], { parameters: { template_name: "t", result_text_format: 2, res_type: 1 } }],
    [[], { parameters: { slice_ms: 6250 } }],
  ])("%j: %j", (codes, settings) => {
    expect(resolve(settings).warnings.map(({ code }) => code)).toEqual(codes);
  });
});

describe("parameters of tencent-realtime", () => {
  const { parameters } = tencentRealtime;

  it("all have a line of help", () => {
    for (const [name, schema] of Object.entries(parameters.shape)) {
      expect(schema.description, name).toMatch(/^[^\n]{8,200}$/);
    }
  });

  it.each([
    ["projectid", [0, 1_013_976], [-1, 0.5, "0"]],
    ["template_name", ["asr_1_test0002"], [""]],
    ["sub_service_type", [0, 1], [2]],
    ["engine_model_type", ["8k_0", "16k_0", "16k_en", "16k_new"], ["16k", "en", "0"]],
    ["result_text_format", [0, 1, 2, 3], [4, -1]],
    ["res_type", [0, 1], [2]],
    ["voice_format", [1, 4, 6], [0, 2, 8]],
    ["source", [0], [1]],
    ["timeout", [1, 5000, 2_147_483_647], [0, -1, 0.5, 2_147_483_648]],
    ["needvad", [0, 1], [2]],
    ["slice_ms", [20, 200, 6250], [0, 19, 6251, 200.5]],
  ])("%s takes its range and nothing else", (name, taken, refused) => {
    for (const value of taken) {
      expect(parameters.safeParse({ [name]: value }).success, String(value)).toBe(true);
    }
    for (const value of refused) {
      expect(parameters.safeParse({ [name]: value }).success, String(value)).toBe(false);
      expect(refusal({ parameters: { [name]: value } }).exitCode).toBe(2);
    }
  });

  it("are eleven, and no other", () => {
    expect(Object.keys(parameters.shape)).toHaveLength(11);
    expect(parameters.safeParse({ voice_id: "x" }).success).toBe(false);
  });
});
