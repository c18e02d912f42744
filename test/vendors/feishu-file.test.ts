import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { FeishuDoubleOptions } from "./feishu/server.ts";
import { pcm, SAMPLES } from "./hand/audio.ts";
import { fetchToken, sendFile } from "./hand/feishu.ts";
import { send } from "./hand/http.ts";
import { openFeishu } from "./hand/open-doubles.ts";
import { handClock } from "./server/clock.ts";

async function open(options: FeishuDoubleOptions = {}) {
  const vendor = await openFeishu(options);
  return { vendor, token: await fetchToken(vendor) };
}

const AUDIO = pcm(2000);

describe("Feishu file_recognize", () => {
  it("answers in the shape of the document, and records what came", async () => {
    const { vendor, token } = await open({ keepAudio: true });
    const answer = await sendFile(vendor, AUDIO, { token });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      code: 0,
      msg: "success",
      data: { recognition_text: "你好，欢迎使用语音识别。" },
    });
    expect(vendor.violations).toEqual([]);
    expect(vendor.requests[1]).toMatchObject({
      path: vendor.paths.file,
      body: { speech: { speech: "" }, config: { file_id: "qwe12dd34567890w" } },
      audio: {
        container: "pcm",
        sampleRate: 16_000,
        channels: 1,
        durationMs: 2000,
        sizeBytes: AUDIO.length,
        sha256: createHash("sha256").update(AUDIO).digest("hex"),
      },
    });
    expect(vendor.requests[1]?.audio?.bytes?.equals(AUDIO)).toBe(true);
  });

  it("hears the samples", async () => {
    const { vendor, token } = await open({
      recognise: (audio, samples) => [
        { text: `${samples.length}:${samples[7]}`, startMs: 0, endMs: audio.durationMs },
      ],
    });
    const answer = await sendFile(vendor, AUDIO, { token });
    expect(answer.json.data).toEqual({ recognition_text: "32000:7" });
  });

  it.each(["application/json", "application/json; charset=utf-8"])("takes %s", async (type) => {
    const { vendor, token } = await open();
    const answer = await sendFile(vendor, AUDIO, { token, headers: { "content-type": type } });
    expect(answer.json.code).toBe(0);
    expect(vendor.requests[1]?.headers["content-type"]).toBe(type);
  });

  it.each([
    ["another type", { headers: { "content-type": "text/plain" } }, "Content-Type"],
    ["another method", { method: "PUT" }, "POST"],
    ["a file_id of 15", { config: { file_id: "qwe12dd34567890" } }, "config.file_id"],
    ["a file_id of 17", { config: { file_id: "qwe12dd34567890ww" } }, "config.file_id"],
    ["a file_id with a dash", { config: { file_id: "qwe12dd3456789-w" } }, "config.file_id"],
    ["no file_id", { config: { file_id: undefined } }, "config.file_id"],
    ["another format", { config: { format: "wav" } }, "config.format"],
    ["another engine", { config: { engine_type: "16k_zh" } }, "config.engine_type"],
    ["a field too many in config", { config: { language: "zh" } }, "language"],
    ["a field too many in speech", { speech: { speech: "AAA=", rate: 1 } }, "rate"],
    ["a field too many", { extra: { user: 1 } }, "user"],
    ["no audio", { speech: {} }, "no audio"],
    ["empty audio", { speech: { speech: "" } }, "no audio"],
    ["audio that is a number", { speech: { speech: 1 } }, "speech.speech"],
    ["base64 with a line break", { speech: { speech: "AAAA\nAAAA" } }, "alphabet"],
    ["base64 of URLs", { speech: { speech: "A-_A" } }, "alphabet"],
    ["base64 without padding", { speech: { speech: "AAAAAA" } }, "padding"],
    ["base64 with stray bits", { speech: { speech: "AAB=" } }, "stray bits"],
    ["half a sample", { speech: { speech: "AAAAAAAA" + "AA==" } }, "16-bit pcm of 7 bytes"],
    ["a WAV", { speech: { speech: SAMPLES.wav.toString("base64") } }, "WAV header"],
    ["no JSON", { rawBody: '{"speech":' }, "not JSON"],
    ["over a minute", { speech: { speech: pcm(60_001).toString("base64") } }, "60 s"],
  ])("refuses %s", async (_name, call, reason) => {
    const { vendor, token } = await open();
    const answer = await sendFile(vendor, AUDIO, { token, ...call });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: 1040101, error: { log_id: expect.any(String) } });
    expect(vendor.violations).toEqual([expect.stringContaining(reason)]);
  });

  it("takes a minute", async () => {
    const { vendor, token } = await open();
    expect((await sendFile(vendor, pcm(60_000), { token })).json.code).toBe(0);
  });

  it("repeats may follow 1040102", async () => {
    const { vendor, token } = await open({
      faults: [{ at: 1, fault: { kind: "code", code: 1040102 } }],
    });
    const failed = await sendFile(vendor, AUDIO, { token });
    expect([failed.status, failed.json.code]).toEqual([500, 1040102]);
    expect((await sendFile(vendor, AUDIO, { token })).json.code).toBe(0);
    expect(vendor.violations).toEqual([]);
  });

  it.each([429, 400] as const)("limits calls in any sliding second by HTTP %i", async (status) => {
    const clock = handClock();
    const { vendor, token } = await open({ clock: clock.now, rateLimitStatus: status });
    const codes = async (count: number) => {
      const answers = [];
      for (let call = 0; call < count; call += 1) {
        answers.push((await sendFile(vendor, AUDIO, { token })).json.code);
      }
      return answers;
    };
    expect(new Set(await codes(10))).toEqual(new Set([0]));
    clock.advance(500);
    expect(new Set(await codes(10))).toEqual(new Set([0]));
    clock.advance(499);
    const refused = await sendFile(vendor, AUDIO, { token });
    expect(refused.status).toBe(status);
    expect(refused.json.code).toBe(99991400);
    expect(refused.headers).toMatchObject({
      "x-ogw-ratelimit-limit": "20",
      "x-ogw-ratelimit-reset": "1",
    });
    expect(vendor.violations).toHaveLength(1);
    clock.advance(1);
    expect(new Set(await codes(10))).toEqual(new Set([0]));
    expect(vendor.maxInWindow(1000, (record) => record.path === vendor.paths.file)).toBe(21);
  });

  it("refuses a free plan, and a quota used up, without blame", async () => {
    const free = await open({ plan: "free" });
    const refused = await sendFile(free.vendor, AUDIO, { token: free.token });
    expect([refused.status, refused.json.code]).toEqual([400, 99991400]);
    const { vendor, token } = await open({ monthlyQuota: 1 });
    expect((await sendFile(vendor, AUDIO, { token })).json.code).toBe(0);
    expect((await sendFile(vendor, AUDIO, { token })).json.code).toBe(99991403);
    expect([...free.vendor.violations, ...vendor.violations]).toEqual([]);
  });

  it("answers a wrong path as the platform does", async () => {
    const { vendor } = await open();
    const answer = await send(`${vendor.origin}/open-apis/speech_to_text/v1/file_recognize`);
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toBe("text/plain");
    expect(answer.text).toBe("404 page not found");
  });
});
