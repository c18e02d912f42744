import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AudioFacts } from "../../../../src/audio/types.ts";
import type { Hotword, RecognitionSettings } from "../../../../src/providers/contract.ts";
import { tencentFlash } from "../../../../src/providers/tencent/flash/index.ts";
import { gatewayPage, notJson, tooManyRequests } from "../../../vendors/server/common-faults.ts";
import type { Fault } from "../../../vendors/server/faults.ts";
import { startTencentDouble } from "../../../vendors/tencent/server.ts";
import { inputOf, pcmInput, wavInput } from "../audio.ts";
import {
  CREDENTIALS,
  contextFor,
  hastyClock,
  openDouble,
  requestOf,
  responseOf,
  run,
  segmentsOf,
  sha256,
  textOf,
  warningsOf,
} from "../rig.ts";

const isUpload = (request: { readonly method: string }) => request.method === "POST";

const WAV_FACTS: AudioFacts = {
  container: "wav",
  encoding: "s16le",
  sampleRate: 16_000,
  channels: 1,
};

describe("tencent-flash", () => {
  it("sends a recording as it is and gives its sentences", async () => {
    const double = await openDouble();
    const audio = wavInput(5000);
    const outcome = await run(tencentFlash, double, audio, { language: "zh" });
    expect(double.violations).toEqual([]);
    expect(outcome.error).toBeUndefined();
    expect(segmentsOf(outcome)).toEqual([
      { text: "你好，欢迎使用语音识别。", startMs: 0, endMs: 2000 },
      { text: "Hello world, this is a test.", startMs: 2000, endMs: 4000 },
      { text: expect.stringMatching(/^明天/), startMs: 4000, endMs: 5000 },
    ]);
    expect(responseOf(outcome)).toEqual({
      type: "response",
      model: "16k_zh",
      language: "zh",
      requestId: "6098aecab9c686fb00000000",
      durationMs: 5000,
      usage: { requests: 1, billedMs: 5000 },
    });
    const [request] = double.requests;
    expect(request?.audio?.sha256).toBe(sha256(audio.bytes));
    expect(request?.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": String(audio.bytes.length),
    });
    expect(request?.parameters).toEqual({
      engine_type: "16k_zh",
      voice_format: "wav",
      word_info: "0",
      secretid: CREDENTIALS.secretId,
      timestamp: expect.stringMatching(/^\d{10}$/),
    });
  });

  it("names compressed audio by its content", async () => {
    const head = (text: string) => Buffer.concat([Buffer.from(text, "latin1"), Buffer.alloc(200)]);
    const ogg = (packet: string) => head(`OggS${"\0".repeat(24)}${packet}`);
    for (const [container, encoding, voiceFormat, bytes] of [
      ["mp3", "mp3", "mp3", head("ID3\u0004")],
      ["m4a", "aac", "m4a", head("\0\0\0 ftypM4A ")],
      ["aac", "aac", "aac", head("\xff\xf1\x50\x80")],
      ["ogg", "opus", "ogg-opus", ogg("OpusHead")],
      ["ogg", "speex", "speex", ogg("Speex   ")],
      ["silk", "silk", "silk", head("#!SILK_V3")],
      ["amr", "amr", "amr", head("#!AMR\n")],
    ] as const) {
      const double = await openDouble();
      const audio = inputOf(bytes, { container, encoding, sampleRate: 44_100 });
      const { error } = await run(tencentFlash, double, audio);
      expect(error, voiceFormat).toBeUndefined();
      expect(double.violations).toEqual([]);
      expect(double.requests[0]?.parameters.voice_format).toBe(voiceFormat);
      expect(double.requests[0]?.audio?.sha256).toBe(sha256(bytes));
    }
  });

  it("gives subtitles their pieces and words their times", async () => {
    const double = await openDouble();
    const outcome = await run(tencentFlash, double, pcmInput(2000), {
      language: "zh",
      subtitles: true,
    });
    const segments = segmentsOf(outcome);
    expect(segments.map(({ text }) => text)).toEqual(["你好，", "欢迎使用语音识别。"]);
    expect(segments[0]?.words?.map(({ text }) => text)).toEqual(["你", "好", "，"]);
    expect(segments[0]?.words?.[0]).toEqual({ text: "你", startMs: 0, endMs: 200 });
    expect(segments[1]?.startMs).toBe(segments[0]?.endMs);
    expect(double.violations).toEqual([]);
  });

  it("gives words to nobody who did not ask", async () => {
    const words = async (settings: Partial<RecognitionSettings>) => {
      const outcome = await run(tencentFlash, await openDouble(), pcmInput(2000), {
        language: "zh",
        timesWanted: true,
        ...settings,
      });
      const segments = segmentsOf(outcome);
      expect(segments.length).toBeGreaterThan(0);
      return segments.some((segment) => segment.words !== undefined);
    };
    expect(await words({})).toBe(false);
    expect(await words({ parameters: { word_info: 3 } })).toBe(false);
    expect(await words({ parameters: { word_info: 3 }, words: true })).toBe(true);
    expect(await words({ words: true })).toBe(true);
    expect(await words({ parameters: { word_info: 1 } })).toBe(true);
  });

  it("goes by the engine that was settled for the recording, whatever was made of that", async () => {
    const double = await openDouble();
    const recorded = { ...WAV_FACTS, sampleRate: 16_000 };
    const audio = pcmInput(2000, { sampleRate: 8000 });
    const parameters = { input_sample_rate: 8000 };
    const outcome = await run(tencentFlash, double, audio, { parameters }, { recorded });
    expect(outcome.error).toBeUndefined();
    expect(double.requests[0]?.parameters).toMatchObject({
      engine_type: "16k_zh-PY",
      voice_format: "pcm",
      input_sample_rate: "8000",
    });
    expect(responseOf(outcome)?.model).toBe("16k_zh-PY");
    expect(warningsOf(outcome)).toEqual([]);
  });

  it("goes by the engine that was settled before, whatever the audio would ask for", async () => {
    const double = await openDouble();
    const resolution = { model: "16k_en", warnings: [] };
    const input = { ...requestOf(tencentFlash, pcmInput(1000)), resolution };
    for await (const _ of tencentFlash.recognize(input, contextFor(double)));
    expect(double.requests[0]?.parameters.engine_type).toBe("16k_en");
  });

  it("warns where voice_format contradicts what is sent", async () => {
    const settings = { parameters: { voice_format: "mp3" } };
    const outcome = await run(tencentFlash, await openDouble(), pcmInput(100), settings);
    expect(warningsOf(outcome)).toEqual(["format-overridden"]);
    const fitting = { parameters: { voice_format: "pcm" } };
    const recorded = { ...WAV_FACTS, sampleRate: 44_100 };
    const double = await openDouble();
    expect(
      warningsOf(await run(tencentFlash, double, pcmInput(100), fitting, { recorded })),
    ).toEqual([]);
  });

  it("labels no channel where all were mixed to one", async () => {
    const double = await openDouble();
    const settings = { language: "zh", parameters: { first_channel_only: 0 } };
    const recorded = { ...WAV_FACTS, channels: 2 };
    const outcome = await run(tencentFlash, double, pcmInput(2000), settings, { recorded });
    expect(segmentsOf(outcome)).toHaveLength(1);
    expect(segmentsOf(outcome)[0]).not.toHaveProperty("channel");
  });

  it("tells speakers apart only where it was asked to", async () => {
    const double = await openDouble();
    const audio = pcmInput(4000);
    const asked = await run(tencentFlash, double, audio, { language: "zh", speakers: true });
    expect(segmentsOf(asked).map(({ speaker }) => speaker)).toEqual(["0", "1"]);
    const plain = await run(tencentFlash, double, audio, { language: "zh" });
    expect(segmentsOf(plain).some(({ speaker }) => speaker !== undefined)).toBe(false);
    expect(double.violations).toEqual([]);
  });

  it("gives every channel by time, and counts each", async () => {
    const double = await openDouble();
    const audio = wavInput(4000, { channels: 2 });
    const outcome = await run(tencentFlash, double, audio, { language: "zh", allChannels: true });
    expect(segmentsOf(outcome).map(({ startMs, channel }) => [startMs, channel])).toEqual([
      [0, 0],
      [0, 1],
      [2000, 0],
      [2000, 1],
    ]);
    expect(responseOf(outcome)?.usage).toEqual({ requests: 1, billedMs: 8000 });
    expect(double.violations).toEqual([]);
  });

  it("brings hotwords over intact", async () => {
    const double = await openDouble();
    const hotwords: Hotword[] = [
      { text: "AT&T=1+1%", weight: 11 },
      { text: "a b/c?d#e" },
      { text: "腾讯云", weight: 5 },
      { text: "(x)*!~" },
      { text: "é😀" },
    ];
    await run(tencentFlash, double, pcmInput(500), { language: "zh", hotwords });
    expect(double.violations).toEqual([]);
    expect(double.requests[0]?.parameters.hotword_list).toBe(
      "AT&T=1+1%|11,a b/c?d#e|10,腾讯云|5,(x)*!~|10,é😀|10",
    );
  });

  it("brings an apostrophe over intact, though URL encodes it more than is needed", async () => {
    const double = await openDouble();
    const { error } = await run(tencentFlash, double, pcmInput(500), {
      hotwords: [{ text: "it's" }],
    });
    expect(error).toBeUndefined();
    expect(double.requests[0]?.parameters.hotword_list).toBe("it's|10");
  });

  it("sends every parameter that is set", async () => {
    const double = await openDouble();
    const parameters = {
      engine_type: "16k_zh",
      voice_format: "pcm",
      speaker_diarization: 1,
      hotword_id: "",
      reinforce_hotword: 1,
      customization_id: "c-1",
      filter_dirty: 2,
      filter_modal: 1,
      filter_punc: 2,
      convert_num_mode: 0,
      word_info: 1,
      first_channel_only: 1,
      sentence_max_length: 6,
      hotword_list: "蜜制|100",
      input_sample_rate: 8000,
      replace_text_id: "r-1",
      extra_punc: 0,
      noisedetection: 1,
    };
    const audio = pcmInput(2000, { sampleRate: 8000 });
    const { error } = await run(tencentFlash, double, audio, { parameters });
    expect(error).toBeUndefined();
    expect(double.violations).toEqual([]);
    expect(double.requests[0]?.parameters).toMatchObject(
      Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
    );
    expect(Object.keys(parameters).sort()).toEqual(
      Object.keys(tencentFlash.parameters.shape).sort(),
    );
  });

  it("says that there was no speech", async () => {
    const double = await openDouble({ recognise: () => [] });
    const outcome = await run(tencentFlash, double, pcmInput(1000));
    expect(outcome.error).toBeUndefined();
    expect(warningsOf(outcome)).toEqual(["no-speech"]);
    expect(segmentsOf(outcome)).toEqual([]);
  });

  it("keeps the answer as it came where that is asked", async () => {
    const double = await openDouble();
    const outcome = await run(tencentFlash, double, pcmInput(1000), { raw: true });
    expect(responseOf(outcome)?.raw).toMatchObject({ code: 0, audio_duration: 1000 });
  });

  it("goes through a gateway that changes path and host, and with temporary credentials", async () => {
    const account = {
      appId: CREDENTIALS.appId,
      secretId: CREDENTIALS.secretId,
      secretKey: CREDENTIALS.secretKey,
      token: "session-token",
    };
    const double = await openDouble({
      account,
      pathPrefix: "/gw",
      signedHost: "asr.cloud.tencent.com",
    });
    const { error } = await run(
      tencentFlash,
      double,
      pcmInput(500),
      {},
      {
        account: { credentials: account, signedHost: "asr.cloud.tencent.com" },
      },
    );
    expect(error).toBeUndefined();
    expect(double.violations).toEqual([]);
  });
});

describe("tencent-flash refuses before it sends", () => {
  const hundredMegabytes = 100_000_000;
  it.each([
    ["nothing", { sizeBytes: 0 }, /empty/],
    ["too many bytes", { sizeBytes: hundredMegabytes + 1 }, /100000001 bytes/],
    ["too long audio", { durationMs: 7_200_001 }, /121 minutes/],
    ["a rate that the engine does not listen at", { sampleRate: 44_100 }, /44100 Hz/],
    ["telephone audio for a wide-band engine", { sampleRate: 8000 }, /8000 Hz/],
    ["what it does not take", { container: "flac", encoding: "flac" }, /flac/],
  ] as const)("%s", async (_, shape, message) => {
    const double = await openDouble();
    const audio = { ...pcmInput(100), ...shape };
    const { error } = await run(tencentFlash, double, audio, { model: "16k_zh" });
    expect(error).toMatchObject({
      kind: "audio",
      exitCode: 3,
      message: expect.stringMatching(message),
    });
    expect(error?.details.hint).toMatch(/./);
    expect(double.requests).toEqual([]);
  });

  it("takes as much as the limits allow", async () => {
    const double = await openDouble();
    const audio = { ...pcmInput(1000), durationMs: 7_200_000 };
    expect((await run(tencentFlash, double, audio)).error).toBeUndefined();
  });
});

describe("tencent-flash in trouble", () => {
  it("repeats a request signed afresh, and lowers what runs at once", async () => {
    const double = await openDouble({
      faults: [
        { at: 0, fault: { kind: "code", code: 4006 } },
        { at: 1, fault: tooManyRequests(1) },
        { at: 2, fault: gatewayPage(503) },
      ],
    });
    // Each look at this clock is a second later: a signature of the last try would show.
    const hasty = hastyClock();
    let lookCount = 0;
    const clock = { ...hasty, now: () => Date.now() + 1000 * lookCount++ };
    const audio = pcmInput(2000);
    const outcome = await run(tencentFlash, double, audio, {}, { clock });
    expect(outcome.error).toBeUndefined();
    expect(double.requests).toHaveLength(4);
    expect(new Set(double.requests.map(({ headers }) => headers.authorization)).size).toBe(4);
    expect(double.violations).toEqual([]);
    expect(double.requests[3]?.audio?.sha256).toBe(sha256(audio.bytes));
    expect(audio.opened()).toBe(4);
    expect(responseOf(outcome)?.usage).toEqual({ requests: 4, billedMs: 2000 });
  });

  it("says that an answer may have been paid twice, also where it fails in the end", async () => {
    const lost = { kind: "cut-answer", afterBytes: 10 } as const;
    const once = await openDouble({ faults: [{ at: 0, fault: lost }] });
    const outcome = await run(tencentFlash, once, pcmInput(1000));
    expect(warningsOf(outcome)).toEqual(["possibly-billed-twice"]);
    expect(responseOf(outcome)?.usage).toEqual({
      requests: 2,
      billedMs: 1000,
      possiblyBilledTwice: true,
    });
    const twice = await openDouble({ faults: [{ at: isUpload, fault: lost }] });
    const failed = await run(tencentFlash, twice, pcmInput(1000));
    expect(failed.error?.exitCode).toBe(6);
    expect(twice.requests).toHaveLength(2);
    expect(warningsOf(failed)).toEqual(["possibly-billed-twice"]);
  });

  it.each([
    ["a login page", notJson(), 6],
    ["JSON of something else", { kind: "replace-answer", body: '{"ok":true}' }, 6],
    ["a number", { kind: "replace-answer", body: "7" }, 6],
    ["JSON with HTTP 403", { kind: "status", status: 403, body: '{"error":"no"}' }, 4],
    ["JSON with HTTP 401", { kind: "status", status: 401, body: '{"error":"no"}' }, 4],
    ["JSON with HTTP 404", { kind: "status", status: 404, body: '{"error":"no"}' }, 2],
    ["JSON with HTTP 400", { kind: "status", status: 400, body: '{"error":"no"}' }, 7],
    ["a code with HTTP 400", { kind: "status", status: 400, body: '{"code":4005}' }, 5],
    ["JSON with HTTP 500", { kind: "status", status: 500, body: '{"error":"no"}' }, 6],
  ] as const)("makes an error of %s", async (_, fault, exitCode) => {
    const double = await openDouble({ faults: [{ at: isUpload, fault }] });
    const { error } = await run(tencentFlash, double, pcmInput(100));
    expect(error).toMatchObject({ exitCode });
    expect(error?.details.hint).toMatch(/./);
    // Credentials that are refused, and money that is gone, are so for the rest of a batch.
    expect(error?.details.stopsBatch ?? false).toBe([4, 5].includes(exitCode));
  });

  it("makes do with an answer that lacks almost everything", async () => {
    const body = (value: unknown) => JSON.stringify({ code: 0, ...(value as object) });
    for (const [answer, expected] of [
      [{}, []],
      [
        { flash_result: [{ text: "好" }] },
        [{ text: "好", startMs: 0, endMs: 1000, approximate: true }],
      ],
      [
        { audio_duration: 900, flash_result: [{ text: "好", sentence_list: [] }] },
        [{ text: "好", startMs: 0, endMs: 900, approximate: true }],
      ],
      [
        {
          flash_result: [
            {
              sentence_list: [
                { text: " 一 " },
                { text: "" },
                { text: "二", start_time: 5.4, end_time: 2, word_list: [{ word: "二" }] },
              ],
            },
          ],
        },
        [
          { text: "一", startMs: 0, endMs: 1000, approximate: true },
          { text: "二", startMs: 5, endMs: 5 },
        ],
      ],
    ] as const) {
      const fault = { kind: "replace-answer", body: body(answer) } as const;
      const double = await openDouble({ faults: [{ at: 0, fault }] });
      const outcome = await run(tencentFlash, double, pcmInput(1000));
      expect(outcome.error).toBeUndefined();
      expect(segmentsOf(outcome)).toEqual(expected);
    }
  });

  it("shows no secret, whatever the vendor repeats", async () => {
    const double = await openDouble();
    const credentials = { ...CREDENTIALS, secretKey: "wrong-secret-key" };
    const { error, logs } = await run(
      tencentFlash,
      double,
      pcmInput(100),
      {},
      {
        account: { credentials },
      },
    );
    expect(error).toMatchObject({ kind: "credentials", exitCode: 4 });
    expect(error?.details.reason).toMatch(/clock agrees/);
    const signature = double.requests[0]?.headers.authorization ?? "";
    const told = JSON.stringify([error, error?.message, error?.details, error?.stack, logs]);
    for (const secret of [credentials.secretId, credentials.secretKey, signature]) {
      expect(told).not.toContain(secret);
    }
  });

  it("needs audio with a size that opens again", async () => {
    const double = await openDouble();
    const { error } = await run(tencentFlash, double, { ...pcmInput(100), reopenable: false });
    expect(error?.kind).toBe("internal");
    expect(double.requests).toEqual([]);
  });

  it("stops when it is told to", async () => {
    const until = new Promise<void>(() => {});
    const double = await openDouble({ faults: [{ at: 0, fault: { kind: "hold-answer", until } }] });
    const stop = new AbortController();
    const reason = new Error("enough");
    const context = contextFor(double, { signal: stop.signal });
    const events = tencentFlash.recognize(requestOf(tencentFlash, pcmInput(100)), context);
    const end = events[Symbol.asyncIterator]().next();
    await double.waitFor((request) => request.bodySizeBytes > 0);
    stop.abort(reason);
    await expect(end).rejects.toBe(reason);
  });

  it("keeps to five at once for large models and to the account's own limit", async () => {
    const double = await openDouble({ concurrency: 3, largeConcurrency: 5 });
    const context = contextFor(double, { account: { maxConcurrency: 3 } });
    const job = async () => {
      const input = requestOf(tencentFlash, pcmInput(100));
      for await (const _ of tencentFlash.recognize(input, context));
    };
    await Promise.all(Array.from({ length: 12 }, job));
    expect(double.maxConcurrency()).toBeLessThanOrEqual(3);
    expect(double.requests).toHaveLength(12);
    expect(double.violations).toEqual([]);

    const large = await openDouble();
    const largeContext = contextFor(large);
    const largeJob = async () => {
      const input = requestOf(tencentFlash, pcmInput(100), { model: "16k_zh_large" });
      for await (const _ of tencentFlash.recognize(input, largeContext));
    };
    await Promise.all(Array.from({ length: 12 }, largeJob));
    expect(large.maxConcurrency()).toBeLessThanOrEqual(5);
    expect(large.violations).toEqual([]);
  });
});

describe("a wrong clock at tencent-flash", () => {
  it.each([
    [10 * 60_000, true, /600 s behind/],
    [-4 * 60_000, true, /240 s ahead/],
    [10 * 60_000, false, /(?:599|600|601) s behind/],
  ])("is found, corrected once, and named (%i ms)", async (clockSkewMs, decimals, message) => {
    const double = await openDouble({ clockSkewMs, decimalServerTime: decimals });
    const audio = pcmInput(2000);
    const outcome = await run(tencentFlash, double, audio);
    expect(outcome.error).toBeUndefined();
    expect(textOf(outcome)).not.toBe("");
    const [warning] = outcome.events.filter((event) => event.type === "warning");
    expect(warning?.warning).toMatchObject({
      code: "clock-skew",
      message: expect.stringMatching(message),
    });
    expect(double.requests.map(({ path }) => path.split("/")[1])).toEqual([
      "asr",
      "server_time",
      "asr",
    ]);
    expect(double.violations).toEqual([]);
    expect(double.requests[2]?.audio?.sha256).toBe(sha256(audio.bytes));
  });

  it("is found in the Date header where the server's time can't be had", async () => {
    const double = await openDouble({
      faults: [
        { at: (request) => request.method === "GET", fault: notJson() },
        {
          at: isUpload,
          times: 1,
          fault: {
            kind: "status",
            status: 200,
            headers: { date: new Date(Date.now() + 3_600_000).toUTCString() },
            body: '{"code":4002,"message":"鉴权失败","request_id":"r"}',
          },
        },
      ],
    });
    const outcome = await run(tencentFlash, double, pcmInput(100));
    // Corrected by an hour that was not one: refused again, and the clock is named.
    expect(warningsOf(outcome)).toEqual(["clock-skew"]);
    expect(outcome.error).toMatchObject({ exitCode: 4 });
    expect(outcome.error?.details.reason).toMatch(/(?:3599|3600|3601) s behind/);
    expect(outcome.error?.details.hint).toMatch(/clock/);
  });
});

describe("faults that are fewer than the tries", () => {
  const refused: readonly Fault[] = [
    ...[4006, 4008, 4009, 5001, 5002, 5003].map((code) => ({ kind: "code", code }) as const),
    { kind: "status", status: 429, body: "" },
    gatewayPage(503),
  ];
  // Cut while its last bytes are on their way, a request may count as sent or not.
  const cutRequest: Fault = { kind: "cut-request", afterBytes: 1000 };
  const unknown: readonly Fault[] = [
    { kind: "cut-before-answer" },
    { kind: "cut-answer", afterBytes: 30 },
    { kind: "end-answer", afterBytes: 30 },
    { kind: "replace-answer", body: "" },
    gatewayPage(504),
    cutRequest,
  ];

  it("leave the transcript as it is without, and the audio whole", async () => {
    const audio = wavInput(7000);
    const settings = { language: "zh", timesWanted: true };
    const plain = await run(tencentFlash, await openDouble(), audio, settings);
    const plans = fc
      .tuple(
        fc.array(fc.constantFrom(...refused), { maxLength: 2 }),
        fc.array(fc.constantFrom(...unknown), { maxLength: 1 }),
      )
      .chain((faults) => fc.shuffledSubarray(faults.flat(), { minLength: faults.flat().length }));
    await fc.assert(
      fc.asyncProperty(plans, async (faults) => {
        const double = await startTencentDouble({
          faults: faults.map((fault, at) => ({ at, fault })),
        });
        try {
          const outcome = await run(tencentFlash, double, audio, settings);
          expect(outcome.error).toBeUndefined();
          expect(segmentsOf(outcome)).toEqual(segmentsOf(plain));
          expect(double.violations).toEqual([]);
          expect(double.requests).toHaveLength(faults.length + 1);
          expect(double.requests.at(-1)?.audio?.sha256).toBe(sha256(audio.bytes));
          if (faults.includes(cutRequest)) return;
          const isDoubtful = faults.some((fault) => unknown.includes(fault));
          expect(responseOf(outcome)?.usage?.possiblyBilledTwice ?? false).toBe(isDoubtful);
        } finally {
          await double.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
