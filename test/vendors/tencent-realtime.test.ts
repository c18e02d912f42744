import { describe, expect, it } from "vitest";
import { pcm, SAMPLES, wav } from "./hand/audio.ts";
import { openTencent } from "./hand/open-doubles.ts";
import { sendSlice, VOICE } from "./hand/tencent.ts";
import { handClock } from "./server/clock.ts";

const SLICE = pcm(200);
const slice = (seq: number, last = false) => ({ seq: String(seq), end: last ? "1" : "0" });

describe("Tencent realtime over HTTP, answered", () => {
  it("gives the whole text so far with every slice", async () => {
    const vendor = await openTencent();
    const texts = [];
    for (let seq = 0; seq < 3; seq += 1) {
      const answer = await sendSlice(vendor, SLICE, slice(seq, seq === 2));
      expect(answer.json).toEqual({
        code: 0,
        message: "成功",
        voice_id: VOICE,
        seq,
        text: expect.any(String),
      });
      texts.push(answer.json.text);
    }
    expect(texts).toEqual(["你好", "你好，", "你好，欢"]);
    expect(vendor.violations).toEqual([]);
    expect(vendor.voices).toEqual([
      { voiceId: VOICE, sliceCount: 3, sizeBytes: 19_200, durationMs: 600, state: "ended" },
    ]);
  });

  it("gives sentences that begin, waver and settle with needvad=1", async () => {
    const vendor = await openTencent();
    const answers = [];
    for (let seq = 0; seq < 4; seq += 1) {
      const parameters = { ...slice(seq, seq === 3), needvad: "1" };
      answers.push((await sendSlice(vendor, pcm(1000), parameters)).json);
    }
    const short = answers.map((answer) => ({
      text: answer.text,
      number: answer.result_number,
      list: (answer.result_list as Record<string, unknown>[]).map((entry) => [
        entry.slice_type,
        entry.index,
        entry.start_time,
        entry.end_time,
        entry.voice_text_str,
      ]),
      final: answer.final,
    }));
    const first = "你好，欢迎使用语音识别。";
    expect(short).toEqual([
      { text: "", number: 1, list: [[0, 0, 0, 1000, "你好，欢迎使"]], final: 0 },
      { text: "", number: 1, list: [[1, 0, 0, 2000, first]], final: 0 },
      {
        text: "",
        number: 2,
        list: [
          [2, 0, 0, 2000, first],
          [0, 1, 2000, 3000, "Hello world, t"],
        ],
        final: 0,
      },
      {
        text: "",
        number: 1,
        list: [[2, 1, 2000, 4000, "Hello world, this is a test."]],
        final: 1,
      },
    ]);
  });

  it("keeps the text for the last slice with res_type=1", async () => {
    const vendor = await openTencent();
    const first = await sendSlice(vendor, SLICE, { ...slice(0), res_type: "1" });
    const last = await sendSlice(vendor, SLICE, { ...slice(1, true), res_type: "1" });
    expect([first.json.text, last.json.text]).toEqual(["", "你好，"]);
  });

  it.each([
    ["0", "utf-8"],
    ["1", "gb2312"],
    ["2", "gbk"],
    ["3", "big5"],
  ])("writes result_text_format=%s in %s and names it nowhere", async (format, charset) => {
    const text = "你好，語音 OK";
    const vendor = await openTencent({ recognise: () => [{ text, startMs: 0, endMs: 200 }] });
    const answer = await sendSlice(vendor, SLICE, { result_text_format: format });
    expect(answer.headers["content-type"]).toBe("application/json");
    const decoded = JSON.parse(new TextDecoder(charset, { fatal: true }).decode(answer.bytes));
    const heard = charset === "gb2312" ? "你好，?音 OK" : text;
    // 语 is written 語 in Big5's own country; GB2312 lacks the traditional form.
    expect(decoded).toMatchObject({ code: 0, text: heard });
    expect(answer.bytes.equals(Buffer.from(answer.text))).toBe(format === "0");
  });

  it("lets the ear hear all samples so far, without the WAV header", async () => {
    const counts: number[] = [];
    const vendor = await openTencent({
      recognise: (audio, samples) => {
        counts.push(samples.length);
        return [{ text: audio.final ? "end" : "on", startMs: 0, endMs: audio.durationMs }];
      },
    });
    const file = wav(pcm(400));
    await sendSlice(vendor, file.subarray(0, 6444), slice(0));
    const last = await sendSlice(vendor, file.subarray(6444), slice(1, true));
    expect(counts).toEqual([3200, 6400]);
    expect(last.json.text).toBe("end");
    expect(vendor.voices[0]).toMatchObject({ durationMs: 400, sizeBytes: 12_844 });
  });

  it("goes by a template where one is named", async () => {
    const templates = {
      asr_1: {
        sub_service_type: "1",
        engine_model_type: "8k_0",
        result_text_format: "2",
        res_type: "0",
      },
      old: "disabled",
    } as const;
    const vendor = await openTencent({ templates });
    const none = {
      sub_service_type: undefined,
      engine_model_type: undefined,
      result_text_format: undefined,
      res_type: undefined,
    };
    const named = await sendSlice(vendor, pcm(200, 8000), { ...none, template_name: "asr_1" });
    const decoded = JSON.parse(new TextDecoder("gbk").decode(named.bytes));
    expect(decoded).toMatchObject({ message: "成功", text: "你好" });
    expect(vendor.voices[0]?.durationMs).toBe(200);
    const voice = { voice_id: "fedcba9876543210" };
    const unknown = await sendSlice(vendor, SLICE, { ...voice, template_name: "asr_2" });
    expect(unknown.json.code).toBe(105);
    const old = await sendSlice(vendor, SLICE, { ...voice, template_name: "old" });
    expect(old.json.code).toBe(106);
  });

  it("takes silk and speex", async () => {
    const vendor = await openTencent();
    const silk = await sendSlice(vendor, SAMPLES.silk, { voice_format: "6" });
    const speex = await sendSlice(vendor, Buffer.alloc(200, 7), {
      voice_format: undefined,
      voice_id: "fedcba9876543210",
    });
    expect([silk.json.code, speex.json.code]).toEqual([0, 0]);
    expect(vendor.violations).toEqual([]);
  });

  it("signs as the older host behind a gateway", async () => {
    const vendor = await openTencent({ signedHost: "aai.qcloud.com" });
    const right = await sendSlice(vendor, SLICE, {}, { signedHost: "aai.qcloud.com" });
    expect(right.json.code).toBe(0);
  });

  it("says 127 to a repeat after a lost answer, and blames nobody", async () => {
    const vendor = await openTencent({
      clock: handClock().now,
      faults: [{ at: 0, fault: { kind: "cut-before-answer" } }],
    });
    await expect(sendSlice(vendor, SLICE)).rejects.toThrow();
    expect((await sendSlice(vendor, SLICE)).json).toMatchObject({ code: 127, voice_id: VOICE });
    expect((await sendSlice(vendor, SLICE, slice(1))).json.code).toBe(0);
    expect(vendor.violations).toEqual([]);
  });

  it.each([100, 103, 109, 111])("takes the same slice again after %i", async (code) => {
    const vendor = await openTencent({ faults: [{ at: 0, fault: { kind: "code", code } }] });
    expect((await sendSlice(vendor, SLICE)).json).toMatchObject({ code, seq: 0 });
    expect((await sendSlice(vendor, SLICE)).json.code).toBe(0);
    expect(vendor.violations).toEqual([]);
  });

  it.each([110, 113, 121, 123, 124, 125, 126])("loses the voice after %i", async (code) => {
    const vendor = await openTencent({
      faults: [{ at: (request) => request.parameters.seq === "1", fault: { kind: "code", code } }],
    });
    await sendSlice(vendor, SLICE, slice(0));
    expect((await sendSlice(vendor, SLICE, slice(1))).json).toMatchObject({ code, seq: 1 });
    expect(vendor.voices[0]?.state).toBe("lost");
    expect(vendor.violations).toEqual([]);
    expect((await sendSlice(vendor, SLICE, slice(2))).json.code).toBe(102);
    expect(vendor.violations).toHaveLength(1);
    const anew = { ...slice(0), voice_id: "fedcba9876543210" };
    expect((await sendSlice(vendor, SLICE, anew)).json.code).toBe(0);
  });
});
