import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pcm, SAMPLES, wav } from "./hand/audio.ts";
import { send } from "./hand/http.ts";
import { openTencent } from "./hand/open-doubles.ts";
import { sendFlash } from "./hand/tencent.ts";
import { handClock } from "./server/clock.ts";
import type { HeardAudio } from "./server/hearing.ts";

describe("Tencent flash, answered", () => {
  it("has the shape of the document, and records what came", async () => {
    const vendor = await openTencent();
    const body = wav(pcm(2400));
    const answer = await sendFlash(vendor, body);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      request_id: expect.stringMatching(/^[0-9a-f]{24}$/),
      code: 0,
      message: "",
      audio_duration: 2400,
      flash_result: [
        {
          text: "你好，欢迎使用语音识别。Hello",
          channel_id: 0,
          sentence_list: [
            { text: "你好，欢迎使用语音识别。", start_time: 0, end_time: 2000, speaker_id: 0 },
            { text: "Hello", start_time: 2000, end_time: 2400, speaker_id: 0 },
          ],
        },
      ],
    });
    expect(vendor.violations).toEqual([]);
    expect(vendor.requests[0]).toMatchObject({
      method: "POST",
      path: "/asr/flash/v1/1250000000",
      status: 200,
      code: 0,
      outcome: "answered",
      bodySizeBytes: body.length,
      audio: {
        container: "wav",
        sampleRate: 16_000,
        channels: 1,
        durationMs: 2400,
        sizeBytes: body.length,
        sha256: createHash("sha256").update(body).digest("hex"),
      },
    });
  });

  it.each([
    ["0", undefined],
    ["1", ["明", "天", "上", "午", "九", "点", "开", "会"]],
    ["2", ["明", "天", "上", "午", "九", "点", "开", "会", "。"]],
  ])("gives words by word_info=%s", async (wordInfo, words) => {
    const sentence = { text: "明天上午九点开会。", startMs: 0, endMs: 800 };
    const vendor = await openTencent({ recognise: () => [sentence] });
    const answer = await sendFlash(vendor, wav(pcm(800)), { word_info: wordInfo });
    const list = answerSentences(answer.json)[0]?.word_list;
    const given = Array.isArray(list) ? list.map((word) => word.word) : undefined;
    expect(given).toEqual(words);
    if (Array.isArray(list)) {
      expect(list[1]).toEqual({ word: "天", start_time: 100, end_time: 200, stable_flag: 1 });
    }
  });

  it("cuts at punctuation for word_info=3, and at sentence_max_length", async () => {
    const sentence = { text: "你好，我是小明。今天好！", startMs: 0, endMs: 900 };
    const vendor = await openTencent({ recognise: () => [sentence] });
    const cut = await sendFlash(vendor, wav(pcm(900)), { word_info: "3" });
    expect(answerSentences(cut.json).map((entry) => entry.text)).toEqual([
      "你好，",
      "我是小明。",
      "今天好！",
    ]);
    const short = await sendFlash(vendor, wav(pcm(900)), { sentence_max_length: "6" });
    expect(answerSentences(short.json).map((entry) => entry.text)).toEqual([
      "你好，我是小明。",
      "今天好！",
    ]);
  });

  it("tells speakers apart only when asked", async () => {
    const vendor = await openTencent();
    const plain = await sendFlash(vendor, wav(pcm(4000)));
    expect(answerSentences(plain.json).map((entry) => entry.speaker_id)).toEqual([0, 0]);
    const asked = await sendFlash(vendor, wav(pcm(4000)), { speaker_diarization: "1" });
    expect(answerSentences(asked.json).map((entry) => entry.speaker_id)).toEqual([0, 1]);
  });

  it("hears the first channel, or all of them", async () => {
    const heard: [HeardAudio, Int16Array][] = [];
    const vendor = await openTencent({
      recognise: (audio, samples) => {
        heard.push([audio, samples]);
        return [{ text: `channel ${audio.channel}`, startMs: 0, endMs: audio.durationMs }];
      },
    });
    const stereo = wav(Buffer.from(Int16Array.of(1, -1, 2, -2, 3, -3).buffer), { channels: 2 });
    const first = await sendFlash(vendor, stereo);
    expect(first.json.flash_result).toMatchObject([{ channel_id: 0, text: "channel 0" }]);
    const all = await sendFlash(vendor, stereo, { first_channel_only: "0" });
    expect(all.json.flash_result).toMatchObject([
      { channel_id: 0, text: "channel 0" },
      { channel_id: 1, text: "channel 1" },
    ]);
    expect(heard.map(([, samples]) => [...samples])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [-1, -2, -3],
    ]);
  });

  it.each([
    ["wav", "wav"],
    ["pcm", "pcm"],
    ["mp3", "mp3"],
    ["mp3", "mp3 with tags"],
    ["aac", "aac"],
    ["m4a", "m4a"],
    ["amr", "amr"],
    ["silk", "silk"],
    ["ogg-opus", "ogg-opus"],
    ["speex", "ogg-speex"],
    // Samples can look like the frame of an mp3: here they do.
    ["pcm", "mp3 of even length"],
  ] as const)("takes voice_format=%s of %s", async (voiceFormat, sample) => {
    const body = SAMPLES[sample];
    const vendor = await openTencent();
    const answer = await sendFlash(vendor, body, { voice_format: voiceFormat });
    expect(answer.json.code).toBe(0);
    expect(vendor.violations).toEqual([]);
  });

  it("takes every parameter of the document and of FACTS", async () => {
    const vendor = await openTencent();
    const answer = await sendFlash(vendor, pcm(100, 8000), {
      engine_type: "16k_zh",
      voice_format: "pcm",
      input_sample_rate: "8000",
      speaker_diarization: "1",
      hotword_id: "",
      hotword_list: "腾讯云|10,语音识别|5,A&B=C|11,ASR|100",
      reinforce_hotword: "1",
      customization_id: "model",
      filter_dirty: "2",
      filter_modal: "2",
      filter_punc: "2",
      convert_num_mode: "0",
      word_info: "3",
      first_channel_only: "0",
      sentence_max_length: "40",
      replace_text_id: "table",
      extra_punc: "0",
      noisedetection: "1",
    });
    expect(answer.json).toMatchObject({ code: 0, audio_duration: 100 });
    expect(vendor.violations).toEqual([]);
  });

  it("signs another host and sits behind a path prefix where a gateway says so", async () => {
    const signedHost = "asr.cloud.tencent.com";
    const vendor = await openTencent({ signedHost, pathPrefix: "/gateway" });
    const answer = await sendFlash(vendor, SAMPLES.wav, {}, { signedHost });
    expect(answer.json.code).toBe(0);
    expect(vendor.requests[0]?.path).toBe("/asr/flash/v1/1250000000");
  });

  it("takes temporary credentials by their header", async () => {
    const account = { appId: "1", secretId: "id", secretKey: "key", token: "temporary" };
    const vendor = await openTencent({ account });
    const headers = { "x-tc-token": "temporary" };
    const answer = await sendFlash(vendor, SAMPLES.wav, {}, { headers });
    expect(answer.json.code).toBe(0);
  });

  it("tells the server's time", async () => {
    const clock = handClock(1_700_000_000_750);
    const vendor = await openTencent({ clock: clock.now, clockSkewMs: 5000 });
    const whole = await send(`${vendor.origin}/server_time`, { method: "GET" });
    expect(whole.text).toBe("1700000005");
    const decimal = await openTencent({ clock: clock.now, decimalServerTime: true });
    const precise = await send(`${decimal.origin}/server_time`, { method: "GET" });
    expect(precise.text).toBe("1700000000.750");
  });
});

function answerSentences(json: Record<string, unknown>): Record<string, unknown>[] {
  const [result] = json.flash_result as { sentence_list: Record<string, unknown>[] }[];
  return result?.sentence_list ?? [];
}
