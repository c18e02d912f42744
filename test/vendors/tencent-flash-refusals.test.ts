import { describe, expect, it } from "vitest";
import { SAMPLES, wav } from "./hand/audio.ts";
import { send } from "./hand/http.ts";
import { openTencent } from "./hand/open-doubles.ts";
import { sendFlash } from "./hand/tencent.ts";
import { handClock } from "./server/clock.ts";

const { wav: WAV } = SAMPLES;
const words = (count: number, word = "词") => Array(count).fill(`${word}|1`).join(",");

describe("Tencent flash refuses parameters", () => {
  it.each([
    ["engine_type", undefined, "missing"],
    ["engine_type", "zh", "engine"],
    ["voice_format", undefined, "missing"],
    ["voice_format", "flac", "one of"],
    ["timestamp", "soon", "integer"],
    ["speaker_diarization", "2", "one of"],
    ["reinforce_hotword", "yes", "one of"],
    ["filter_dirty", "3", "from 0 to 2"],
    ["filter_modal", "-1", "integer"],
    ["filter_punc", "1.5", "integer"],
    ["convert_num_mode", "2", "one of"],
    ["word_info", "4", "from 0 to 3"],
    ["first_channel_only", "true", "one of"],
    ["sentence_max_length", "5", "from 6 to 40"],
    ["sentence_max_length", "41", "from 6 to 40"],
    ["input_sample_rate", "16000", "one of"],
    ["appid", "1250000000", "unknown parameter appid"],
    ["X-TC-Token", "t", "unknown parameter"],
    ["word_infos", "1", "unknown parameter"],
    ["hotword_list", "腾讯云", "word|weight"],
    ["hotword_list", "|5", "no word"],
    ["hotword_list", "a|b|5", "word|weight"],
    ["hotword_list", "腾讯云|0", "weight"],
    ["hotword_list", "腾讯云|12", "weight"],
    ["hotword_list", "腾讯云|99", "weight"],
    ["hotword_list", "一二三四五六七八九十一|5", "11 Han characters"],
    ["hotword_list", `${"a".repeat(31)}|5`, "31 characters"],
    ["hotword_list", words(129), "129 words"],
  ])("%s=%s", async (name, value, reason) => {
    const vendor = await openTencent();
    const answer = await sendFlash(vendor, WAV, { [name]: value });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json)).toEqual(["request_id", "code", "message"]);
    // A missing or unreadable timestamp is a signature failure first.
    expect(answer.json.code).toBe(name === "timestamp" ? 4002 : 4001);
    expect(vendor.violations.join("\n")).toContain(reason);
  });

  it("takes hotwords up to the limits", async () => {
    const vendor = await openTencent();
    const list = `${words(126)},${"a".repeat(30)}|100,一二三四五六七八九十|11`;
    const answer = await sendFlash(vendor, WAV, { hotword_list: list });
    expect(answer.json.code).toBe(0);
    expect(vendor.violations).toEqual([]);
  });

  it("takes a parameter that the test allows", async () => {
    const extraParameters = { emotional_energy: { check: () => undefined } };
    const vendor = await openTencent({ extraParameters });
    const answer = await sendFlash(vendor, WAV, { emotional_energy: "1" });
    expect(answer.json.code).toBe(0);
  });

  it.each([
    [{ engine_type: "16k_en", filter_dirty: "1" }, "filter_dirty is for Mandarin engines"],
    [{ engine_type: "16k_en", speaker_diarization: "1" }, "speaker_diarization is for Mandarin"],
    [{ engine_type: "16k_zh-PY", reinforce_hotword: "1" }, "reinforce_hotword is for 8k_zh"],
    [{ engine_type: "16k_yue", hotword_list: "词|100" }, "hotword weight 100"],
    [{ input_sample_rate: "8000" }, "input_sample_rate is for pcm"],
    [{ engine_type: "8k_zh" }, "8k_zh was given 16000 Hz audio"],
  ])("answers, but notes %j", async (parameters, note) => {
    const vendor = await openTencent();
    const answer = await sendFlash(vendor, WAV, parameters);
    expect(answer.json.code).toBe(0);
    expect(vendor.violations).toEqual([expect.stringContaining(note)]);
  });
});

describe("Tencent flash refuses signatures", () => {
  it.each([
    ["another key", {}, { secretKey: "other" }, 4002],
    ["another host", {}, { signedHost: "asr.cloud.tencent.com" }, 4002],
    ["no signature", {}, { headers: { authorization: "" } }, 4002],
    ["a Bearer", {}, { headers: { authorization: "Bearer abc" } }, 4002],
    ["an unknown secretid", { secretid: "nobody" }, {}, 4002],
    ["an unknown appid", {}, { path: "/asr/flash/v1/1" }, 4003],
    ["a token nobody issued", {}, { headers: { "x-tc-token": "t" } }, 4002],
    ["JSON's type", {}, { headers: { "content-type": "application/json" } }, 4001],
    [
      "a type with a charset",
      {},
      { headers: { "content-type": "application/octet-stream; charset=utf-8" } },
      4001,
    ],
    ["a chunked body", {}, { chunked: true }, 4001],
    ["PUT", {}, { method: "PUT" }, 4001],
  ])("%s", async (_name, parameters, overrides, code) => {
    const vendor = await openTencent();
    const answer = await sendFlash(vendor, WAV, parameters, overrides);
    expect(answer.json.code).toBe(code);
    expect(vendor.violations).not.toEqual([]);
  });

  it("temporary credentials without their token", async () => {
    const account = { appId: "1", secretId: "id", secretKey: "key", token: "temporary" };
    const vendor = await openTencent({ account });
    expect((await sendFlash(vendor, WAV)).json.code).toBe(4002);
  });

  it("percent-encoded values in the signed text", async () => {
    const vendor = await openTencent();
    const encoded = encodeURIComponent("腾讯云|10");
    const right = await sendFlash(vendor, WAV, { hotword_list: "腾讯云|10" });
    expect(right.json.code).toBe(0);
    const wrong = await sendFlash(vendor, WAV, { hotword_list: encoded });
    expect(wrong.json.code).toBe(4001);
  });

  it("a timestamp more than three minutes off", async () => {
    const clock = handClock();
    const vendor = await openTencent({ clock: clock.now });
    const at = (offset: number) => ({ timestamp: String(clock.now() / 1000 + offset) });
    expect((await sendFlash(vendor, WAV, at(180))).json.code).toBe(0);
    expect((await sendFlash(vendor, WAV, at(-180))).json.code).toBe(0);
    expect((await sendFlash(vendor, WAV, at(181))).json.code).toBe(4002);
    expect((await sendFlash(vendor, WAV, at(-181))).json.code).toBe(4002);
  });

  it("a right clock where its own is wrong, and blames nobody until it has told the time", async () => {
    const vendor = await openTencent({ clockSkewMs: 600_000 });
    expect((await sendFlash(vendor, WAV)).json.code).toBe(4002);
    expect(vendor.violations).toEqual([]);
    await send(`${vendor.origin}/server_time`, { method: "GET" });
    expect((await sendFlash(vendor, WAV)).json.code).toBe(4002);
    expect(vendor.violations).toHaveLength(1);
  });

  it("notes queries that are not encoded as agreed", async () => {
    const vendor = await openTencent();
    await send(`${vendor.origin}/asr/flash/v1/1250000000?hotword_list=a|5&x=%ff&x=1&y`);
    const notes = vendor.violations.join("\n");
    expect(notes).toContain('"a|5" is not percent-encoded as');
    expect(notes).toContain('"%ff" is not percent-encoded UTF-8');
    expect(notes).toContain('"x" stands twice');
    expect(notes).toContain('"y" has no "="');
  });

  it("knows no other path", async () => {
    const vendor = await openTencent();
    const answer = await sendFlash(vendor, WAV, {}, { path: "/asr/flash/v2/1250000000" });
    expect(answer.status).toBe(404);
    expect(vendor.violations).toEqual([expect.stringContaining("no such path")]);
  });
});

describe("Tencent flash refuses audio", () => {
  it.each([
    ["wav", "pcm", "none"],
    ["pcm", "wav", "wav"],
    ["pcm", "ogg-opus", "ogg-opus"],
    ["pcm", "half a sample", "odd number"],
    ["mp3", "wav", "wav"],
    ["ogg-opus", "ogg-vorbis", "ogg-vorbis"],
    ["m4a", "aac", "aac"],
    ["aac", "m4a", "m4a"],
    ["silk", "amr", "amr"],
    ["speex", "flac", "flac"],
    ["wav", "wav without samples", "no samples"],
    ["wav", "half a wav header", "no fmt"],
  ] as const)("voice_format=%s of %s", async (voiceFormat, sample, reason) => {
    const body = SAMPLES[sample];
    const vendor = await openTencent();
    const answer = await sendFlash(vendor, body, { voice_format: voiceFormat });
    expect(answer.json.code).toBe(4007);
    expect(vendor.violations.join("\n")).toContain(reason);
  });

  it("that is not there", async () => {
    const vendor = await openTencent();
    expect((await sendFlash(vendor, Buffer.alloc(0))).json.code).toBe(4012);
  });

  it("over 100,000,000 bytes, without keeping it", async () => {
    const vendor = await openTencent();
    const fits = wav(Buffer.alloc(100_000_000 - 44));
    expect((await sendFlash(vendor, fits)).json).toMatchObject({ code: 0 });
    const over = wav(Buffer.alloc(100_000_000 - 42));
    expect((await sendFlash(vendor, over)).json.code).toBe(4011);
    expect(vendor.requests[1]?.audio).toMatchObject({ sizeBytes: 100_000_002 });
    expect(vendor.requests[1]?.audio).not.toHaveProperty("bytes");
  });

  it("over two hours", async () => {
    const vendor = await openTencent();
    const bytes = Buffer.alloc(8000 * 7201, 128);
    const slow = wav(bytes, { sampleRate: 8000, bitsPerSample: 8 });
    const answer = await sendFlash(vendor, slow, { engine_type: "8k_zh" });
    expect(answer.json.code).toBe(4011);
  });
});

describe("Tencent flash refuses crowds", () => {
  it.each([
    ["16k_zh", { concurrency: 2 }, 2],
    ["16k_zh_large", { largeConcurrency: 1 }, 1],
  ])("of %s beyond %j", async (engine, limits, limit) => {
    const gate = Promise.withResolvers<void>();
    const vendor = await openTencent({
      ...limits,
      faults: () => ({ kind: "hold-answer", until: gate.promise }),
    });
    const crowd = Array.from({ length: limit + 1 }, () =>
      sendFlash(vendor, WAV, { engine_type: engine }),
    );
    await vendor.waitFor((record) => record.index === limit);
    gate.resolve();
    const codes = (await Promise.all(crowd)).map((answer) => answer.json.code);
    expect(codes.toSorted()).toEqual([...Array(limit).fill(0), 4006]);
    expect(vendor.maxConcurrency()).toBe(limit + 1);
    expect((await sendFlash(vendor, WAV, { engine_type: engine })).json.code).toBe(0);
  });
});
