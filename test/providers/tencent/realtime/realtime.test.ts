import { describe, expect, it } from "vitest";
import type { AudioFacts } from "../../../../src/audio/types.ts";
import { tencentRealtime } from "../../../../src/providers/tencent/realtime/index.ts";
import type { RecognitionEvent } from "../../../../src/transcript/events.ts";
import type { HeardSentence, Recognise } from "../../../vendors/server/hearing.ts";
import type { TencentDouble } from "../../../vendors/tencent/server.ts";
import { inputOf, oggSpeexFile, pcmInput, silkFile, wavInput } from "../audio.ts";
import { openEcho } from "../echo-server.ts";
import {
  CREDENTIALS,
  contextFor,
  openDouble,
  requestOf,
  responseOf,
  run,
  segmentsOf,
  sha256,
  textOf,
  warningsOf,
} from "../rig.ts";

const parametersOf = (double: TencentDouble, name: string) =>
  double.requests.map(({ parameters }) => parameters[name]);

const FACTS: AudioFacts = {
  container: "wav",
  encoding: "s16le",
  sampleRate: 16_000,
  channels: 1,
  durationMs: 1000,
};

/** The audio that came, of all slices. */
const received = (double: TencentDouble) =>
  Buffer.concat(double.requests.map(({ audio }) => audio?.bytes ?? Buffer.alloc(0)));

/** Hears a sentence every two seconds, telling nothing of the last half second. */
const hearLate: Recognise = ({ durationMs, final }) => {
  const heard: HeardSentence[] = [];
  const knownMs = final ? durationMs : durationMs - 500;
  for (let startMs = 0; startMs < knownMs; startMs += 2000) {
    const endMs = Math.min(startMs + 2000, knownMs);
    const text = `第${startMs / 2000}句话说完了。`.slice(0, Math.ceil((endMs - startMs) / 250));
    heard.push({ text, startMs, endMs });
  }
  return heard;
};

describe("tencent-realtime", () => {
  it("sends slices of a second in order over one connection, the last one marked", async () => {
    const double = await openDouble({ keepAudio: true });
    const audio = pcmInput(3000);
    const outcome = await run(tencentRealtime, double, audio);
    expect(outcome.error).toBeUndefined();
    expect(double.violations).toEqual([]);
    expect(parametersOf(double, "seq")).toEqual(["0", "1", "2"]);
    expect(parametersOf(double, "end")).toEqual(["0", "0", "1"]);
    expect(double.maxConcurrency()).toBe(1);
    expect(sha256(received(double))).toBe(sha256(audio.bytes));
    const { parameters = {} } = double.requests[0] ?? {};
    expect(parameters).toEqual({
      engine_model_type: "16k_0",
      sub_service_type: "1",
      result_text_format: "0",
      res_type: "0",
      voice_format: "1",
      needvad: "0",
      projectid: "0",
      source: "0",
      timeout: "5000",
      secretid: CREDENTIALS.secretId,
      voice_id: expect.stringMatching(/^[\da-f]{16}$/),
      nonce: expect.stringMatching(/^[1-9]\d{0,9}$/),
      timestamp: expect.stringMatching(/^\d{10}$/),
      expired: String(Number(parameters.timestamp) + 86_400),
      seq: "0",
      end: "0",
    });
    expect(new Set(parametersOf(double, "voice_id")).size).toBe(1);
    expect(responseOf(outcome)).toEqual({
      type: "response",
      requestId: double.voices[0]?.voiceId,
      model: "16k_0",
      language: "zh",
      durationMs: 3000,
      usage: { requests: 3, billedMs: 3000 },
    });
  });

  it("gives the cumulative text as partials, and as timed sentences in the end", async () => {
    const double = await openDouble();
    const outcome = await run(tencentRealtime, double, pcmInput(4000));
    const partials = outcome.events.flatMap((event) =>
      event.type === "partial" ? [event.segment.text] : [],
    );
    expect(partials).toEqual([
      "你好，欢迎使",
      "你好，欢迎使用语音识别。",
      "你好，欢迎使用语音识别。Hello world, t",
      "你好，欢迎使用语音识别。Hello world, this is a test.",
    ]);
    expect(segmentsOf(outcome)).toEqual([
      { text: "你好，欢迎使用语音识别。", startMs: 0, endMs: 2000, approximate: true },
      { text: "Hello world, this is a test.", startMs: 2000, endMs: 4000, approximate: true },
    ]);
    expect(outcome.events.filter((event) => event.type === "progress")).toHaveLength(4);
    expect(double.violations).toEqual([]);
  });

  it("gives the vendor's own sentences and times for longer audio", async () => {
    const double = await openDouble();
    const outcome = await run(tencentRealtime, double, pcmInput(61_000));
    expect(outcome.error).toBeUndefined();
    expect(double.violations).toEqual([]);
    const segments = segmentsOf(outcome);
    expect(segments).toHaveLength(31);
    expect(segments[1]).toEqual({
      text: "Hello world, this is a test.",
      startMs: 2000,
      endMs: 4000,
    });
  });

  it("understands text in the last answer alone", async () => {
    for (const needvad of [0, 1]) {
      const double = await openDouble();
      const parameters = { res_type: 1, needvad };
      const outcome = await run(tencentRealtime, double, pcmInput(4000), { parameters });
      expect(segmentsOf(outcome)).toMatchObject([
        { text: "你好，欢迎使用语音识别。", startMs: 0 },
        { text: "Hello world, this is a test.", endMs: 4000 },
      ]);
      expect(double.violations).toEqual([]);
    }
  });

  it.each([0, 1, 2, 3])("reads answers in result_text_format %i", async (format) => {
    const text = format === 3 ? "繁體中文測試。" : "简体中文测试。";
    const double = await openDouble({
      recognise: ({ durationMs }) => [{ text, startMs: 0, endMs: durationMs }],
    });
    const parameters = { result_text_format: format };
    const outcome = await run(tencentRealtime, double, pcmInput(1000), { parameters });
    expect(textOf(outcome)).toBe(text);
    expect(double.violations).toEqual([]);
  });

  it.each([
    ["0", {}],
    ["2", {}],
    ["1", {}],
    ["3", { result_text_format: 3 }],
  ])("goes by a template whose encoding is %s", async (format, more) => {
    const text = format === "3" ? "繁體中文測試。" : "简体中文测试。";
    const double = await openDouble({
      templates: {
        calls: {
          sub_service_type: "1",
          engine_model_type: "16k_0",
          result_text_format: format,
          res_type: "0",
        },
      },
      recognise: ({ durationMs }) => [{ text, startMs: 0, endMs: durationMs }],
    });
    const parameters = { template_name: "calls", ...more };
    const outcome = await run(tencentRealtime, double, pcmInput(1000), { parameters });
    expect(textOf(outcome)).toBe(text);
    expect(responseOf(outcome)?.model).toBe("calls");
    expect(double.violations).toEqual([]);
  });

  it.each([
    ["as asr is told", { res_type: 1 }],
    ["as nobody said", {}],
  ])("spreads what a template answers in the end over all audio, %s", async (_, told) => {
    const double = await openDouble({
      templates: {
        calls: {
          sub_service_type: "1",
          engine_model_type: "8k_0",
          result_text_format: "0",
          res_type: "1",
        },
      },
    });
    const parameters = { template_name: "calls", engine_model_type: "8k_0", ...told };
    const audio = pcmInput(5300, { sampleRate: 8000 });
    const recorded = { ...FACTS, sampleRate: 44_100, durationMs: 5300 };
    const outcome = await run(tencentRealtime, double, audio, { parameters }, { recorded });
    expect(outcome.error).toBeUndefined();
    expect(double.violations).toEqual([]);
    const segments = segmentsOf(outcome);
    expect(segments).toHaveLength(3);
    expect(segments[0]).toMatchObject({ startMs: 0, approximate: true });
    expect(segments[1]?.startMs).toBeLessThan(3000);
    expect(segments.at(-1)?.endMs).toBe(5300);
    expect(responseOf(outcome)).toMatchObject({ model: "calls", language: "zh" });
  });

  it("warns where the rate of a template's engine had to be guessed, and not where -m names it", async () => {
    const templates = {
      calls: {
        sub_service_type: "1",
        engine_model_type: "16k_0",
        result_text_format: "0",
        res_type: "0",
      },
    };
    const parameters = { template_name: "calls" };
    const guessed = await run(tencentRealtime, await openDouble({ templates }), pcmInput(1000), {
      parameters,
    });
    expect(warningsOf(guessed)).toEqual(["template-rate"]);
    const named = await run(tencentRealtime, await openDouble({ templates }), pcmInput(1000), {
      parameters,
      model: "16k_0",
    });
    expect(warningsOf(named)).toEqual([]);
  });

  it("cuts slices of the length that is asked for", async () => {
    const double = await openDouble();
    const { error } = await run(tencentRealtime, double, pcmInput(15_000), {
      parameters: { slice_ms: 6250 },
    });
    expect(error).toBeUndefined();
    expect(double.violations).toEqual([]);
    // Whole pieces of 20 ms, and at most 200,000 bytes.
    expect(double.requests.map(({ audio }) => audio?.sizeBytes)).toEqual([
      199_680, 199_680, 80_640,
    ]);
    expect(parametersOf(double, "slice_ms")).toEqual([undefined, undefined, undefined]);
  });

  it("goes by the engine that was settled before, whatever the audio would ask for", async () => {
    const double = await openDouble();
    const resolution = { model: "16k_en", sampleRate: 16_000, warnings: [] };
    const input = { ...requestOf(tencentRealtime, pcmInput(1000)), resolution };
    for await (const _ of tencentRealtime.recognize(input, contextFor(double)));
    expect(parametersOf(double, "engine_model_type")).toEqual(["16k_en"]);
    const parameters = { template_name: "calls" };
    const request = requestOf(tencentRealtime, pcmInput(1000), { parameters });
    const narrow = { ...request, resolution: { model: "calls", sampleRate: 8000, warnings: [] } };
    const events = tencentRealtime.recognize(narrow, contextFor(double));
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      kind: "audio",
      details: { reason: expect.stringContaining("8000 Hz") },
    });
  });

  it("warns where voice_format contradicts what is sent", async () => {
    const double = await openEcho(() => ({ code: 0, text: "好。" }));
    const parameters = { voice_format: 4 };
    const outcome = await run(tencentRealtime, double, pcmInput(100), { parameters });
    expect(warningsOf(outcome)).toEqual(["format-overridden"]);
    const plain = await run(tencentRealtime, double, pcmInput(100), {
      parameters: { voice_format: 1 },
    });
    expect(warningsOf(plain)).toEqual([]);
  });

  it("sends every parameter that is set", async () => {
    const double = await openDouble();
    const parameters = {
      projectid: 1_013_976,
      sub_service_type: 0,
      engine_model_type: "8k_0",
      result_text_format: 2,
      res_type: 1,
      voice_format: 1,
      source: 0,
      timeout: 20_000,
      needvad: 1,
    };
    const audio = pcmInput(1000, { sampleRate: 8000 });
    const { error } = await run(tencentRealtime, double, audio, { parameters });
    expect(error).toBeUndefined();
    expect(double.violations).toEqual([]);
    expect(double.requests[0]?.parameters).toMatchObject(
      Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
    );
    expect([...Object.keys(parameters), "template_name", "slice_ms"].sort()).toEqual(
      Object.keys(tencentRealtime.parameters.shape).sort(),
    );
  });

  it("takes WAV, SILK and Speex as they are", async () => {
    const wav = wavInput(2500);
    const silk = inputOf(silkFile(120), { container: "silk", encoding: "silk", durationMs: 2400 });
    const speex = inputOf(oggSpeexFile(20, 1600), {
      container: "ogg",
      encoding: "speex",
      durationMs: 2000,
    });
    for (const [audio, voiceFormat, bytes] of [
      [wav, "1", wav.bytes.subarray(44)],
      [silk, "6", silkFile(120)],
      [speex, "4", oggSpeexFile(20, 1600)],
    ] as const) {
      const double = await openDouble({ keepAudio: true });
      const { error } = await run(tencentRealtime, double, audio);
      expect(error).toBeUndefined();
      expect(double.violations).toEqual([]);
      expect(double.requests.length).toBeGreaterThan(1);
      expect(parametersOf(double, "voice_format")[0]).toBe(voiceFormat);
      expect(sha256(received(double))).toBe(sha256(bytes));
    }
  });

  it("never opens a voice for no audio", async () => {
    const double = await openDouble();
    const recorded = await run(tencentRealtime, double, pcmInput(0));
    expect(recorded.error).toMatchObject({ kind: "audio", exitCode: 3 });
    const live = await run(tencentRealtime, double, pcmInput(0, { reopenable: false }), {
      live: true,
    });
    expect(live.error).toBeUndefined();
    expect(warningsOf(live)).toEqual(["no-speech"]);
    expect(double.requests).toEqual([]);
  });

  it("says that there was no speech", async () => {
    const double = await openDouble({ recognise: () => [] });
    const outcome = await run(tencentRealtime, double, pcmInput(2000));
    expect(warningsOf(outcome)).toEqual(["no-speech"]);
    expect(responseOf(outcome)?.usage).toEqual({ requests: 2, billedMs: 2000 });
  });

  it("keeps every answer as it came where that is asked", async () => {
    const double = await openDouble();
    const { events } = await run(tencentRealtime, double, pcmInput(2000), { raw: true });
    const raw = events.flatMap((event) =>
      event.type === "response" && event.raw ? [event.raw] : [],
    );
    expect(raw).toMatchObject([{ seq: 0 }, { seq: 1 }]);
  });

  it.each([
    ["another rate", { sampleRate: 44_100 }],
    ["two channels", { channels: 2 }],
    ["another container", { container: "mp3", encoding: "mp3" }],
  ] as const)("refuses audio of %s before it sends", async (_, shape) => {
    const double = await openDouble();
    const audio = { ...pcmInput(100), ...shape };
    const { error } = await run(tencentRealtime, double, audio, { model: "16k_0" });
    expect(error).toMatchObject({ kind: "audio", exitCode: 3 });
    expect(double.requests).toEqual([]);
  });

  it("goes through a gateway, and with temporary credentials", async () => {
    const account = { ...CREDENTIALS, token: "session-token" };
    const double = await openDouble({ account, pathPrefix: "/gw", signedHost: "aai.qcloud.com" });
    const { error } = await run(
      tencentRealtime,
      double,
      pcmInput(500),
      {},
      {
        account: { credentials: account, signedHost: "aai.qcloud.com" },
      },
    );
    expect(error).toBeUndefined();
    expect(double.violations).toEqual([]);
  });

  it("keeps to the account's number of voices at once", async () => {
    const double = await openDouble();
    const context = contextFor(double, { account: { maxConcurrency: 2 } });
    const open = new Set<number>();
    let most = 0;
    const job = async (_: unknown, index: number) => {
      const input = requestOf(tencentRealtime, pcmInput(3000));
      for await (const event of tencentRealtime.recognize(input, context)) {
        if (event.type === "progress") open.add(index);
        most = Math.max(most, open.size);
        if (event.type === "response") open.delete(index);
      }
    };
    await Promise.all(Array.from({ length: 6 }, job));
    expect(most).toBe(2);
    expect(double.voices).toHaveLength(6);
  });

  it("stops when it is told to", async () => {
    const until = new Promise<void>(() => {});
    const double = await openDouble({ faults: [{ at: 1, fault: { kind: "hold-answer", until } }] });
    const stop = new AbortController();
    const reason = new Error("enough");
    const context = contextFor(double, { signal: stop.signal });
    const end = (async () => {
      const input = requestOf(tencentRealtime, pcmInput(3000));
      for await (const _ of tencentRealtime.recognize(input, context));
    })();
    await double.waitFor(({ index, bodySizeBytes }) => index === 1 && bodySizeBytes > 0);
    stop.abort(reason);
    await expect(end).rejects.toBe(reason);
    expect(double.requests).toHaveLength(2);
  });
});

/** Slices of 200 ms, as a live session hands them out; the chunks are what is sent. */
function liveInput(durationMs: number) {
  const { bytes } = pcmInput(durationMs);
  return { ...inputOf(bytes, { reopenable: false }, 6400), bytes };
}

describe("tencent-realtime with live audio", () => {
  it("sends each slice as it comes, and says each sentence as soon as it is stable", async () => {
    const double = await openDouble({ recognise: hearLate, keepAudio: true });
    const heardMs: number[] = [];
    const order: string[] = [];
    const onEvent = (event: RecognitionEvent) => {
      if (event.type === "progress") heardMs.push(event.audioMs);
      if (event.type === "final") order.push(`${event.segment.text}@${heardMs.at(-1)}`);
    };
    const audio = liveInput(6000);
    const { error } = await run(tencentRealtime, double, audio, { live: true }, { onEvent });
    expect(error).toBeUndefined();
    expect(double.violations).toEqual([]);
    expect(parametersOf(double, "needvad")[0]).toBe("1");
    // What says that it is the last can't be empty: 20 ms are left for it.
    const sizes = double.requests.map((request) => request.audio?.sizeBytes);
    expect(sizes).toEqual([5760, ...Array(29).fill(6400), 640]);
    expect(sha256(received(double))).toBe(sha256(audio.bytes));
    expect(order).toEqual(["第0句话说完了。@2380", "第1句话说完了。@4380", "第2句话说完了。@5980"]);
  });

  it("sends a slice before it asks for the next", async () => {
    const double = await openDouble();
    const asked: number[] = [];
    const audio = {
      ...liveInput(0),
      async *open() {
        for (let count = 0; count < 3; count++) {
          asked.push(double.requests.length);
          yield Buffer.alloc(6400);
        }
      },
    };
    await run(tencentRealtime, double, audio, { live: true });
    expect(asked).toEqual([0, 1, 2]);
  });

  it("leaves a lost voice to whoever knows what is final", async () => {
    const double = await openDouble({ faults: [{ at: 25, fault: { kind: "code", code: 110 } }] });
    const outcome = await run(tencentRealtime, double, liveInput(9000), { live: true });
    expect(outcome.error).toMatchObject({ kind: "network", retryable: true });
    expect(segmentsOf(outcome).map(({ endMs }) => endMs)).toEqual([2000, 4000]);
    expect(double.voices).toHaveLength(1);
    expect(double.violations).toEqual([]);
  });

  it("corrects a wrong clock before anything was taken", async () => {
    const double = await openDouble({ clockSkewMs: 600_000, keepAudio: true });
    const audio = liveInput(1000);
    const outcome = await run(tencentRealtime, double, audio, { live: true });
    expect(outcome.error).toBeUndefined();
    expect(warningsOf(outcome)).toEqual(["clock-skew"]);
    const [, , ...taken] = double.requests;
    const bytes = Buffer.concat(taken.map((request) => request.audio?.bytes ?? Buffer.alloc(0)));
    expect(sha256(bytes)).toBe(sha256(audio.bytes));
  });
});

describe("the connection of tencent-realtime", () => {
  it("is one for all slices", async () => {
    const server = await openEcho((query) => ({
      code: 0,
      voice_id: query.get("voice_id"),
      seq: Number(query.get("seq")),
      text: "好。",
    }));
    const outcome = await run(tencentRealtime, server, pcmInput(20_000));
    expect(responseOf(outcome)?.usage?.requests).toBe(20);
    expect(server.connectionCount()).toBe(1);
  });
});
