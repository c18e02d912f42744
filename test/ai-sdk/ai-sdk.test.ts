import { readFile } from "node:fs/promises";
import {
  APICallError,
  createProviderRegistry,
  RetryError,
  experimental_streamTranscribe as streamTranscribe,
  transcribe,
} from "ai";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createAsr } from "../../src/ai-sdk.ts";
import { openVendor, type VendorId } from "../cli/vendor-accounts.ts";
import { CLIP, SAID } from "../library/providers.ts";
import { tooManyRequests } from "../vendors/server/common-faults.ts";

type Double = Parameters<typeof openVendor>[1];

async function openAsr(id: VendorId, double: Double = {}, retries = 0) {
  const { vendor, env } = await openVendor(id, double);
  const asr = createAsr({ environment: env, providers: { [id]: { retries } } });
  onTestFinished(() => asr.close());
  return { vendor, asr, env, model: asr.transcription(id) };
}

let audio: Uint8Array;
beforeAll(async () => {
  audio = await readFile(CLIP);
  globalThis.AI_SDK_LOG_WARNINGS = false;
});

describe.each([
  "tencent-flash",
  "tencent-realtime",
  "feishu-file",
  "feishu-stream",
  "lark-file",
  "stepfun",
] as const)("transcribe of the AI SDK with %s", (id) => {
  it("gives text, segments in seconds, length and what the vendor said", async () => {
    const { vendor, model } = await openAsr(id);
    const result = await transcribe({ model, audio });
    expect(result.text).toContain(SAID);
    expect(result.durationInSeconds).toBeCloseTo(5.3, 1);
    const [first] = result.segments;
    expect(first?.endSecond).toBeGreaterThan(first?.startSecond ?? 0);
    expect(first?.endSecond).toBeLessThanOrEqual(result.durationInSeconds ?? 0);
    expect(result.providerMetadata.asr).toMatchObject({
      provider: id,
      requestIds: [expect.any(String)],
      usage: { requests: expect.any(Number), billedSeconds: expect.any(Number) },
    });
    expect(result.responses[0]?.modelId).toEqual(expect.any(String));
    expect(vendor.violations).toEqual([]);
  });
});

it("takes audio as base64 and options of a call before those of the model", async () => {
  const { vendor, asr } = await openAsr("tencent-flash");
  const model = asr.transcription("tencent-flash", { language: "en", words: true });
  const base64 = Buffer.from(audio).toString("base64");
  const providerOptions = { asr: { language: "yue" } };
  const { text, words } = await transcribe({ model, audio: base64, providerOptions });
  expect(text).toContain(SAID);
  expect(words?.length).toBeGreaterThan(0);
  const { searchParams } = new URL(vendor.requests[0]?.url ?? "", "http://double");
  expect(searchParams.get("engine_type")).toBe("16k_yue");
  expect(searchParams.get("word_info")).toBe("2");
});

it("loses no option of the model to one that the call leaves out, and hears its wish for words", async () => {
  const { vendor, asr } = await openAsr("tencent-flash");
  const model = asr.transcription("tencent-flash", { language: "en", words: false });
  const { words } = await transcribe({
    model,
    audio,
    timestampGranularities: ["word"],
    providerOptions: { asr: { language: undefined } },
  });
  expect(words?.length).toBeGreaterThan(0);
  const { searchParams } = new URL(vendor.requests[0]?.url ?? "", "http://double");
  expect(searchParams.get("engine_type")).toBe("16k_en");
});

it("says what the vendor lacks, and what can't be passed on", async () => {
  const { model } = await openAsr("stepfun");
  const { warnings } = await transcribe({
    model,
    audio,
    timestampGranularities: ["word"],
    headers: { "x-mine": "1" },
  });
  expect(warnings).toContainEqual(
    expect.objectContaining({ type: "unsupported", feature: "words" }),
  );
  expect(warnings).toContainEqual({
    type: "unsupported",
    feature: "headers",
    details: "not sent: x-mine",
  });
});

it("refuses unknown options before anything is sent", async () => {
  const { vendor, model } = await openAsr("stepfun");
  const providerOptions = { asr: { langauge: "zh" } };
  await expect(transcribe({ model, audio, providerOptions })).rejects.toThrow(/langauge/);
  expect(vendor.requests).toEqual([]);
});

it("is aborted by the SDK's signal", async () => {
  const held = Promise.withResolvers<void>();
  const { vendor, model } = await openAsr("stepfun", {
    faults: () => ({ kind: "hold-answer", until: held.promise }),
  });
  const stop = new AbortController();
  onTestFinished(() => held.resolve());
  const job = transcribe({ model, audio, abortSignal: stop.signal });
  await expect.poll(() => vendor.requests.length).toBe(1);
  stop.abort();
  await expect(job).rejects.toMatchObject({ name: "AbortError" });
  expect(vendor.requests).toHaveLength(1);
});

describe("the SDK's own repeats", () => {
  it("come where the vendor refused all of the job", async () => {
    const { vendor, model } = await openAsr("stepfun", {
      faults: [{ at: 0, fault: tooManyRequests(0) }],
    });
    const { text } = await transcribe({ model, audio });
    expect(text).toContain(SAID);
    expect(vendor.requests).toHaveLength(2);
  });

  it("do not come where it may have been billed", async () => {
    const { vendor, model } = await openAsr("stepfun", {
      faults: [{ at: 0, fault: { kind: "cut-before-answer" } }],
    });
    const failed = await transcribe({ model, audio }).catch((thrown: unknown) => thrown);
    expect(RetryError.isInstance(failed)).toBe(false);
    expect(APICallError.isInstance(failed)).toBe(true);
    expect(failed).toMatchObject({ isRetryable: false, kind: "network" });
    expect(vendor.requests).toHaveLength(1);
  });

  it("do not come for wrong credentials", async () => {
    const { vendor, env } = await openVendor("stepfun");
    const asr = createAsr({ environment: { ...env, STEPFUN_API_KEY: "wrong" } });
    onTestFinished(() => asr.close());
    const failed = await transcribe({ model: asr.transcription("stepfun"), audio }).catch(
      (thrown: unknown) => thrown,
    );
    expect(APICallError.isInstance(failed)).toBe(true);
    expect(failed).toMatchObject({ isRetryable: false, kind: "credentials" });
    expect(vendor.requests).toHaveLength(1);
  });
});

it("is a provider of the SDK's registry", async () => {
  const { asr } = await openAsr("tencent-flash");
  const registry = createProviderRegistry({ asr });
  const model = registry.transcriptionModel("asr:tencent-flash");
  expect((await transcribe({ model, audio })).text).toContain(SAID);
  expect(() => asr.languageModel("any")).toThrow(/no languageModel/);
});

describe("experimental_streamTranscribe", () => {
  it.each(["tencent-realtime", "feishu-stream"] as const)("hears %s live", async (id) => {
    const { vendor, model } = await openAsr(id);
    const samples = audio.slice(44);
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < samples.length; at += 6400) {
          controller.enqueue(samples.slice(at, at + 6400));
        }
        controller.close();
      },
    });
    const result = streamTranscribe({
      model,
      audio: chunks,
      inputAudioFormat: { type: "audio/pcm", rate: 16_000 },
    });
    const parts: string[] = [];
    for await (const part of result.fullStream) parts.push(part.type);
    expect(parts).toContain("transcript-final");
    expect(await result.text).toContain(SAID);
    expect((await result.segments).length).toBeGreaterThan(0);
    expect(vendor.violations).toEqual([]);
  });

  it("calls the recognition off where its reader cancels, though nobody speaks", async () => {
    const { vendor, model } = await openAsr("tencent-realtime");
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(audio.slice(44, 64_044)),
    });
    const { fullStream } = streamTranscribe({
      model,
      audio: silent,
      inputAudioFormat: { type: "audio/pcm", rate: 16_000 },
    });
    const reader = fullStream.getReader();
    expect((await reader.read()).value?.type).toBe("transcript-partial");
    await reader.cancel();
    await expect.poll(() => vendor.requests.map(({ outcome }) => outcome)).not.toContain("open");
  });
});
