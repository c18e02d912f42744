import { describe, expect, it } from "vitest";
import { pcm, SAMPLES, wav } from "./hand/audio.ts";
import { openTencent } from "./hand/open-doubles.ts";
import { sendSlice } from "./hand/tencent.ts";
import { handClock } from "./server/clock.ts";

const SLICE = pcm(200);
const NOW_SECONDS = 1_700_000_000;
const slice = (seq: number, last = false) => ({ seq: String(seq), end: last ? "1" : "0" });

describe("Tencent realtime refuses parameters", () => {
  it.each([
    ["sub_service_type", "2", "one of"],
    ["sub_service_type", undefined, "neither template_name nor sub_service_type"],
    ["engine_model_type", "16k_zh", "one of"],
    ["engine_model_type", undefined, "neither"],
    ["result_text_format", "4", "from 0 to 3"],
    ["res_type", "2", "one of"],
    ["voice_format", "2", "one of"],
    ["projectid", "-1", "number"],
    ["expired", undefined, "missing"],
    ["expired", String(NOW_SECONDS), "not after timestamp"],
    ["expired", String(NOW_SECONDS + 90 * 86_400), "90 days"],
    ["nonce", "0", "from 1"],
    ["nonce", "12345678901", "from 1"],
    ["nonce", "-5", "integer"],
    ["seq", undefined, "missing"],
    ["seq", "01", "integer"],
    ["end", "2", "one of"],
    ["source", "1", "one of"],
    ["source", undefined, "missing"],
    ["voice_id", "0123456789abcde", "16 characters"],
    ["voice_id", "0123456789abcdef0", "16 characters"],
    ["timeout", undefined, "missing"],
    ["timeout", "0", "from 1"],
    ["needvad", "2", "one of"],
    ["appid", "1", "unknown parameter"],
    ["word_info", "1", "unknown parameter"],
  ])("%s=%s", async (name, value, reason) => {
    const vendor = await openTencent({ clock: handClock(NOW_SECONDS * 1000).now });
    const answer = await sendSlice(vendor, SLICE, { [name]: value });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ code: 102, message: expect.any(String) });
    expect(answer.json).toHaveProperty("voice_id");
    expect(answer.json).toHaveProperty("seq");
    expect(vendor.violations.join("\n")).toContain(reason);
  });

  it.each([
    ["another key", {}, { secretKey: "other" }, 107],
    ["another host", {}, { signedHost: "aai.qcloud.com" }, 107],
    ["an unknown secretid", { secretid: "nobody" }, {}, 107],
    ["an unknown appid", {}, { path: "/asr/v1/1" }, 104],
    ["an old timestamp", { timestamp: String(NOW_SECONDS - 181) }, {}, 107],
    ["another type", {}, { headers: { "content-type": "text/plain" } }, 102],
    ["a chunked body", {}, { chunked: true }, 102],
    ["a token nobody issued", {}, { headers: { "x-tc-token": "t" } }, 107],
  ])("%s", async (_name, parameters, overrides, code) => {
    const vendor = await openTencent({ clock: handClock(NOW_SECONDS * 1000).now });
    const answer = await sendSlice(vendor, SLICE, parameters, overrides);
    expect(answer.json.code).toBe(code);
    expect(vendor.violations).not.toEqual([]);
  });

  it("a signature that has expired", async () => {
    const vendor = await openTencent({ clock: handClock(NOW_SECONDS * 1000).now });
    const times = {
      timestamp: String(NOW_SECONDS - 100),
      expired: String(NOW_SECONDS - 50),
    };
    expect((await sendSlice(vendor, SLICE, times)).json.code).toBe(107);
  });
});

describe("Tencent realtime refuses slices", () => {
  it.each([
    ["empty", Buffer.alloc(0), "1", 112],
    ["over 200,000 bytes", Buffer.alloc(200_002, 1), "1", 101],
    ["an mp3", SAMPLES["mp3 with tags"], "1", 102],
    ["a stereo WAV", wav(SLICE, { channels: 2 }), "1", 102],
    ["a WAV of 8 bits", wav(SLICE, { bitsPerSample: 8 }), "1", 102],
    ["half a WAV header", SAMPLES["half a wav header"], "1", 102],
    ["PCM for silk", SLICE, "6", 102],
    ["a WAV for speex", SAMPLES.wav, "4", 102],
  ])("%s", async (_name, body, voiceFormat, code) => {
    const vendor = await openTencent();
    const answer = await sendSlice(vendor, body, { voice_format: voiceFormat });
    expect(answer.json.code).toBe(code);
    expect(vendor.violations).toHaveLength(1);
    expect(vendor.voices).toEqual([]);
  });

  it("takes exactly 200,000 bytes", async () => {
    const vendor = await openTencent();
    expect((await sendSlice(vendor, Buffer.alloc(200_000, 1))).json.code).toBe(0);
  });

  it("notes another rate, and samples cut in two", async () => {
    const vendor = await openTencent();
    await sendSlice(vendor, wav(SLICE, { sampleRate: 8000 }), slice(0));
    await sendSlice(vendor, SLICE.subarray(1), slice(1));
    expect(vendor.violations).toEqual([
      expect.stringContaining("16000 Hz was given 8000 Hz"),
      expect.stringContaining("cuts a sample"),
    ]);
  });

  it("out of order", async () => {
    const vendor = await openTencent();
    expect((await sendSlice(vendor, SLICE, slice(1))).json.code).toBe(102);
    await sendSlice(vendor, SLICE, slice(0));
    expect((await sendSlice(vendor, SLICE, slice(2))).json.code).toBe(102);
    expect((await sendSlice(vendor, SLICE, slice(1))).json.code).toBe(0);
  });

  it("twice, where the first was answered", async () => {
    const vendor = await openTencent();
    await sendSlice(vendor, SLICE);
    expect((await sendSlice(vendor, SLICE)).json.code).toBe(127);
    expect(vendor.violations).toEqual([expect.stringContaining("again after its answer")]);
  });

  it.each([
    ["other audio", pcm(100), {}, "with other audio"],
    ["another signature", SLICE, { nonce: "4711" }, "another URL or signature"],
  ])("again with %s", async (_name, body, parameters, reason) => {
    const vendor = await openTencent({ faults: [{ at: 0, fault: { kind: "cut-before-answer" } }] });
    await expect(sendSlice(vendor, SLICE)).rejects.toThrow();
    expect((await sendSlice(vendor, body, parameters)).json.code).toBe(127);
    expect(vendor.violations).toEqual([expect.stringContaining(reason)]);
  });

  it("under a voice_id that has ended", async () => {
    const vendor = await openTencent();
    await sendSlice(vendor, SLICE, slice(0, true));
    expect((await sendSlice(vendor, SLICE, slice(1))).json.code).toBe(102);
    expect((await sendSlice(vendor, pcm(100), slice(0))).json.code).toBe(127);
    expect(vendor.violations).toHaveLength(2);
  });

  it("more than six seconds after the answer before", async () => {
    const clock = handClock();
    const vendor = await openTencent({ clock: clock.now });
    await sendSlice(vendor, SLICE, slice(0));
    clock.advance(6000);
    expect((await sendSlice(vendor, SLICE, slice(1))).json.code).toBe(0);
    clock.advance(6001);
    expect((await sendSlice(vendor, SLICE, slice(2))).json.code).toBe(110);
    expect(vendor.voices[0]?.state).toBe("lost");
  });

  it("does not count its own slowness as a gap", async () => {
    const clock = handClock();
    const gate = Promise.withResolvers<void>();
    const vendor = await openTencent({
      clock: clock.now,
      faults: [{ at: 0, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const held = sendSlice(vendor, SLICE, slice(0));
    await vendor.waitFor((record) => record.audio !== undefined);
    clock.advance(60_000);
    gate.resolve();
    await held;
    expect((await sendSlice(vendor, SLICE, slice(1))).json.code).toBe(0);
  });

  it("past sixty seconds of audio without needvad=1", async () => {
    const vendor = await openTencent();
    for (let seq = 0; seq < 10; seq += 1) await sendSlice(vendor, pcm(6000), slice(seq));
    expect((await sendSlice(vendor, SLICE, slice(10))).json.code).toBe(102);
    expect(vendor.violations).toEqual([expect.stringContaining("without needvad=1")]);
  });

  it("notes a slice that did not wait for the answer before", async () => {
    const gate = Promise.withResolvers<void>();
    const vendor = await openTencent({
      faults: [{ at: 0, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const first = sendSlice(vendor, SLICE, slice(0));
    await vendor.waitFor((record) => record.status === 200);
    await sendSlice(vendor, SLICE, slice(1));
    gate.resolve();
    await first;
    expect(vendor.violations).toEqual([expect.stringContaining("before the answer to seq 0")]);
  });
});
