import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pcm, SAMPLES, wav } from "./hand/audio.ts";
import { openStepfun } from "./hand/open-doubles.ts";
import { eventsOf, PCM_FORMAT, sendAsr } from "./hand/stepfun.ts";
import { handClock } from "./server/clock.ts";
import { STEPFUN_PATHS } from "./stepfun/server.ts";

const AUDIO = pcm(400);

describe("StepFun, answered", () => {
  it("streams deltas and done in the shape of the document", async () => {
    const vendor = await openStepfun({ clock: handClock(1_642_694_400_123).now });
    const answer = await sendAsr(vendor, AUDIO);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/event-stream");
    const meta = { session_id: "sse_1642694400123000000", timestamp: 1_642_694_400_123 };
    const type = "transcript.text.delta";
    expect(eventsOf(answer)).toEqual([
      { type, meta, delta: "你" },
      { type, meta, delta: "好" },
      { type, meta, delta: "，" },
      {
        type: "transcript.text.done",
        meta,
        text: "你好，",
        usage: {
          type: "realtime_asr",
          input_tokens: 10,
          input_token_details: { text_tokens: 0, audio_tokens: 10 },
          output_tokens: 3,
          total_tokens: 13,
        },
      },
    ]);
    expect(vendor.violations).toEqual([]);
    expect(vendor.requests[0]).toMatchObject({
      path: STEPFUN_PATHS.standard,
      status: 200,
      body: { audio: { data: "" } },
      audio: {
        container: "pcm",
        sampleRate: 16_000,
        durationMs: 400,
        sizeBytes: AUDIO.length,
        sha256: createHash("sha256").update(AUDIO).digest("hex"),
      },
    });
  });

  it("gives times with enable_timestamp, and joins to the text", async () => {
    const sentences = [
      { text: "Hello, world. ", startMs: 0, endMs: 1000 },
      { text: "再见。", startMs: 1000, endMs: 2000 },
    ];
    const vendor = await openStepfun({ recognise: () => sentences });
    const answer = await sendAsr(vendor, AUDIO, { transcription: { enable_timestamp: true } });
    const events = eventsOf(answer);
    expect(events[0]).toMatchObject({
      delta: "Hello",
      item_id: "item_0",
      content_index: 0,
      start_time: 0,
      end_time: 500,
    });
    const deltas = events.slice(0, -1).map((event) => event.delta);
    expect(deltas.join("")).toBe("Hello, world. 再见。");
    expect(events.at(-1)?.text).toBe("Hello, world. 再见。");
  });

  it("may send times of 0 without enable_timestamp, and another text in done", async () => {
    const vendor = await openStepfun({
      timesWithoutTimestamp: "zero",
      doneText: (joined) => `${joined}!`,
    });
    const events = eventsOf(await sendAsr(vendor, AUDIO));
    expect(events[0]).toMatchObject({ start_time: 0, end_time: 0 });
    expect(events.at(-1)?.text).toBe("你好，!");
  });

  it("hears the samples of wav and pcm", async () => {
    const heard: [string, number[]][] = [];
    const vendor = await openStepfun({
      recognise: (audio, samples) => {
        heard.push([audio.container, [...samples.subarray(0, 3)]]);
        return [];
      },
    });
    await sendAsr(vendor, AUDIO);
    await sendAsr(vendor, wav(AUDIO), { format: { type: "wav" } });
    await sendAsr(vendor, SAMPLES.mp3, { format: { type: "mp3" } });
    expect(heard).toEqual([
      ["pcm", [0, 1, 2]],
      ["wav", [0, 1, 2]],
      ["mp3", []],
    ]);
  });

  it.each([
    ["wav", "wav", {}],
    ["wav", "wav", { rate: 16_000, bits: 16, channel: 1, codec: "pcm_s16le" }],
    ["mp3", "mp3", {}],
    ["ogg", "ogg-opus", { codec: "opus", rate: 48_000 }],
    ["ogg", "ogg-vorbis", {}],
    ["m4a", "m4a", {}],
  ] as const)("takes %s of %s with %j", async (type, sample, facts) => {
    const vendor = await openStepfun();
    const answer = await sendAsr(vendor, SAMPLES[sample], { format: { type, ...facts } });
    expect(answer.status).toBe(200);
    expect(vendor.violations).toEqual([]);
  });

  it.each(["stepaudio-2-asr-pro", "stepaudio-3-asr-max", "step-asr-1.1-stream", undefined])(
    "takes the model %s and every field of the document",
    async (model) => {
      const vendor = await openStepfun();
      const answer = await sendAsr(vendor, AUDIO, {
        transcription: {
          language: "en",
          hotwords: ["热词1", "hot word 2"],
          model,
          enable_itn: false,
          enable_timestamp: true,
          full_rerun_on_commit: true,
        },
      });
      expect(answer.status).toBe(200);
      expect(vendor.violations).toEqual([]);
    },
  );

  it("takes Step Plan keys on their own path only", async () => {
    const vendor = await openStepfun({ stepPlanKey: "plan" });
    const plan = { path: STEPFUN_PATHS.stepPlan, headers: { authorization: "Bearer plan" } };
    expect((await sendAsr(vendor, AUDIO, plan)).status).toBe(200);
    expect((await sendAsr(vendor, AUDIO, { path: STEPFUN_PATHS.stepPlan })).status).toBe(401);
    expect((await sendAsr(vendor, AUDIO, { headers: plan.headers })).status).toBe(401);
  });
});

describe("StepFun refuses", () => {
  const noFormat = { format: null };
  it.each([
    ["no key", { headers: { authorization: "" } }, 401, "Authorization"],
    ["another key", { headers: { authorization: "Bearer other" } }, 401, "Authorization"],
    ["a key without Bearer", { headers: { authorization: "test-stepfun-key" } }, 401, "Author"],
    ["another Accept", { headers: { accept: "*/*" } }, 400, "accept"],
    ["another type", { headers: { "content-type": "text/plain" } }, 400, "content-type"],
    ["GET's sister", { method: "PUT" }, 400, "PUT"],
    ["another path", { path: "/v1/audio/asr" }, 404, "no such path"],
    ["an unknown model", { transcription: { model: "whisper-1" } }, 404, "whisper-1"],
    ["hotwords as text", { transcription: { hotwords: "a,b" } }, 400, "hotwords"],
    ["switches as text", { transcription: { enable_itn: "true" } }, 400, "enable_itn"],
    ["an unknown option", { transcription: { prompt: "x" } }, 400, "prompt"],
    ["a field too many", { extra: { name: "a.wav" } }, 400, "name"],
    ["no data", { data: undefined }, 400, "audio.data"],
    ["empty data", { data: "" }, 400, "empty"],
    ["data that is a list", { data: ["AAAA"] }, 400, "audio.data"],
    ["data that is not base64", { data: "AA*A" }, 400, "alphabet"],
    ["no JSON", { rawBody: "{" }, 400, "not JSON"],
    ["no body", { rawBody: "" }, 400, "not JSON"],
    ["an unknown container", { format: { type: "flac" } }, 400, "format.type"],
    ["pcm without facts", { format: { type: "pcm" } }, 400, "rate, bits, channel"],
    ["pcm without bits", { format: { ...PCM_FORMAT, bits: undefined } }, 400, "bits"],
    ["pcm of 8 bits", { format: { ...PCM_FORMAT, bits: 8 } }, 400, "8 bits"],
    ["pcm of another codec", { format: { ...PCM_FORMAT, codec: "opus" } }, 400, "opus"],
    ["a rate as text", { format: { ...PCM_FORMAT, rate: "16000" } }, 400, "rate"],
    ["a cut frame", { data: "AAA=", format: { ...PCM_FORMAT, channel: 2 } }, 400, "cut a frame"],
    ["pcm called wav", { format: { type: "wav" } }, 400, "the audio is none"],
    ["headerless audio without a format", noFormat, 400, "no header"],
  ])("%s", async (_name, call, status, reason) => {
    const vendor = await openStepfun();
    const answer = await sendAsr(vendor, AUDIO, call);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({
      error: { message: expect.any(String), type: expect.any(String) },
    });
    expect(vendor.violations).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    ["wav", "pcm", { format: PCM_FORMAT }],
    ["another rate", "wav", { format: { type: "wav", rate: 8000 } }],
    ["other bits", "wav", { format: { type: "wav", bits: 24 } }],
    ["other channels", "wav", { format: { type: "wav", channel: 2 } }],
    ["a broken wav", "half a wav header", { format: { type: "wav" } }],
  ] as const)("audio that is not what it is said to be: %s", async (_name, sample, call) => {
    const vendor = await openStepfun();
    const audio = sample === "pcm" ? SAMPLES.wav : SAMPLES[sample];
    expect((await sendAsr(vendor, audio, call)).status).toBe(400);
    expect(vendor.violations).toHaveLength(1);
  });

  it.each([400, 401, 402, 404, 429, 451, 500, 503, 504])(
    "with HTTP %i as planned",
    async (code) => {
      const vendor = await openStepfun({ faults: [{ at: 0, fault: { kind: "code", code } }] });
      const answer = await sendAsr(vendor, AUDIO);
      expect(answer.status).toBe(code);
      expect(answer.json).toMatchObject({ error: { type: expect.any(String) } });
      expect((await sendAsr(vendor, AUDIO)).status).toBe(200);
      expect(vendor.violations).toEqual([]);
    },
  );
});
