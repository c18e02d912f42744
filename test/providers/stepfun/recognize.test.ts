import { describe, expect, it } from "vitest";
import { stepfun } from "../../../src/providers/stepfun/index.ts";
import { pcm, SAMPLES } from "../../vendors/hand/audio.ts";
import {
  collect,
  failureOf,
  finalsOf,
  ofType,
  openWorld,
  pcmInput,
  requestOf,
  settingsOf,
  warningCodesOf,
} from "../vendor-world.ts";
import { fileInput, inputOf, open, recognised, sha256 } from "./open.ts";

describe("stepfun", () => {
  it("gives timed finals, one a sentence, after partials that grow", async () => {
    const opened = await open();
    const events = await recognised(opened, pcmInput(pcm(5000)));
    expect(finalsOf(events)).toEqual([
      { text: "你好，欢迎使用语音识别。", startMs: 0, endMs: 2000 },
      { text: "Hello world, this is a test.", startMs: 2000, endMs: 4000 },
      { text: "明天上午九", startMs: 4000, endMs: 5000 },
    ]);
    const partials = ofType(events, "partial").map(({ segment }) => segment);
    expect(partials[0]).toEqual({ text: "你", startMs: 0, endMs: 200 });
    expect(partials.at(-1)).toEqual({
      text: "你好，欢迎使用语音识别。Hello world, this is a test.明天上午九",
      startMs: 0,
      endMs: 5000,
    });
    const firstFinal = events.findIndex((event) => event.type === "final");
    expect(events.slice(firstFinal).some((event) => event.type === "partial")).toBe(false);
    expect(opened.vendor.violations).toEqual([]);
  });

  it("sends the document's headers and fields, and every byte of the audio", async () => {
    const opened = await open();
    const audio = pcm(3000);
    await recognised(opened, pcmInput(audio), { language: "zh-Hans-CN" });
    const [request] = opened.vendor.requests;
    expect(request).toMatchObject({
      method: "POST",
      url: "/v1/audio/asr/sse",
      headers: {
        authorization: `Bearer ${opened.vendor.apiKey}`,
        "content-type": "application/json",
        accept: "text/event-stream",
        "content-length": String(request?.bodySizeBytes),
      },
      audio: { sha256: sha256(audio), sizeBytes: audio.length },
    });
    expect(inputOf(opened.vendor)).toEqual({
      transcription: { language: "zh", model: "stepaudio-2.5-asr", enable_timestamp: true },
      format: { type: "pcm", codec: "pcm_s16le", rate: 16_000, bits: 16, channel: 1 },
    });
  });

  it("reads audio whose size is not known through once to say its length", async () => {
    const opened = await open();
    const audio = pcm(3000);
    const { sizeBytes: _, ...input } = pcmInput(audio);
    await recognised(opened, input);
    expect(opened.vendor.requests[0]?.audio?.sha256).toBe(sha256(audio));
  });

  it("refuses audio that can be read only once, before anything is sent", async () => {
    const opened = await open();
    const failure = await failureOf(recognised(opened, pcmInput(pcm(100), { reopenable: false })));
    expect(failure).toMatchObject({ kind: "audio", details: { hint: expect.any(String) } });
    expect(opened.vendor.requests).toEqual([]);
  });

  it("sends nothing for a recording without audio", async () => {
    const opened = await open();
    const events = await recognised(opened, pcmInput(new Uint8Array(0)));
    expect(warningCodesOf(events)).toEqual(["no-speech"]);
    expect(opened.vendor.requests).toEqual([]);
  });

  it("says so where nothing was recognised", async () => {
    const opened = await open({ recognise: () => [] });
    const events = await recognised(opened, pcmInput(pcm(500)));
    expect(finalsOf(events)).toEqual([]);
    expect(warningCodesOf(events)).toEqual(["no-speech"]);
  });

  it.each([
    ["wav", "s16le", SAMPLES.wav],
    ["mp3", "mp3", SAMPLES.mp3],
    ["ogg", "opus", SAMPLES["ogg-opus"]],
    ["ogg", "vorbis", SAMPLES["ogg-vorbis"]],
    ["m4a", "aac", SAMPLES.m4a],
  ] as const)("passes %s with %s through as it is", async (container, encoding, bytes) => {
    const opened = await open();
    await recognised(opened, fileInput(container, encoding, bytes));
    expect(inputOf(opened.vendor).format).toEqual({ type: container });
    expect(opened.vendor.requests[0]?.audio?.sha256).toBe(sha256(bytes));
    expect(opened.vendor.violations).toEqual([]);
  });

  it("says what was spent, and by which session", async () => {
    const events = await recognised(await open(), pcmInput(pcm(2000)));
    expect(ofType(events, "response")).toEqual([
      {
        type: "response",
        requestId: expect.stringMatching(/^sse_\d+$/),
        model: "stepaudio-2.5-asr",
        usage: { requests: 1, billedMs: 2000, tokens: 62 },
      },
    ]);
  });

  it("keeps the vendor's own events where they are asked for", async () => {
    const events = await recognised(await open(), pcmInput(pcm(400)), { raw: true });
    const [response] = ofType(events, "response");
    expect(response?.raw).toMatchObject([
      { type: "transcript.text.delta", delta: "你" },
      { type: "transcript.text.delta", delta: "好" },
      { type: "transcript.text.delta", delta: "，" },
      { type: "transcript.text.done", text: "你好，" },
    ]);
  });

  it.each(["absent", "zero"] as const)(
    "shares the audio out by length, and says so, where times are %s",
    async (timesWithoutTimestamp) => {
      const opened = await open({ timesWithoutTimestamp });
      const parameters = { enable_timestamp: false };
      const events = await recognised(opened, pcmInput(pcm(2500)), { parameters });
      expect(inputOf(opened.vendor).transcription.enable_timestamp).toBe(false);
      expect(finalsOf(events)).toEqual([
        { text: "你好，欢迎使用语音识别。", startMs: 0, endMs: 1579, approximate: true },
        { text: "Hello w", startMs: 1579, endMs: 2500, approximate: true },
      ]);
      expect(warningCodesOf(events)).toEqual(["approximate-times"]);
    },
  );

  it("asks for no times where nobody shows them, and does not warn then", async () => {
    const opened = await open();
    const events = await recognised(opened, pcmInput(pcm(2500)), { timesWanted: false });
    expect(inputOf(opened.vendor).transcription.enable_timestamp).toBe(false);
    expect(warningCodesOf(events)).toEqual([]);
  });

  it("lets the text of done win over the deltas", async () => {
    const opened = await open({
      doneText: (joined) => joined.replace("世", "").replace("Hello world", "Hello, World"),
    });
    const events = await recognised(opened, pcmInput(pcm(4000)));
    expect(finalsOf(events)).toEqual([
      { text: "你好，欢迎使用语音识别。", startMs: 0, endMs: 2000 },
      { text: "Hello, World, this is a test.", startMs: 2000, endMs: 4000 },
    ]);
  });

  it("asks for the Step Plan address by parameter or by base address", async () => {
    const byParameter = await open({ stepPlanKey: "plan-key", apiKey: "another" });
    const account = { baseUrl: byParameter.vendor.origin, credentials: { apiKey: "plan-key" } };
    const world = openWorld({ account, clock: byParameter.clock });
    await recognised({ world }, pcmInput(pcm(100)), { parameters: { step_plan: true } });
    const baseUrl = `${byParameter.vendor.origin}/step_plan/`;
    const prefixed = openWorld({ account: { ...account, baseUrl }, clock: byParameter.clock });
    await recognised({ world: prefixed }, pcmInput(pcm(100)));
    await recognised({ world: prefixed }, pcmInput(pcm(100)), { parameters: { step_plan: true } });
    expect(byParameter.vendor.requests.map(({ url }) => url)).toEqual(
      Array(3).fill("/step_plan/v1/audio/asr/sse"),
    );
    expect(byParameter.vendor.violations).toEqual([]);
  });

  it("keeps 5 requests at once, shared by jobs of one account", async () => {
    const opened = await open();
    await Promise.all(Array.from({ length: 12 }, () => recognised(opened, pcmInput(pcm(200)))));
    expect(opened.vendor.requests).toHaveLength(12);
    expect(opened.vendor.maxConcurrency()).toBeLessThanOrEqual(5);
  });

  it("leaves no request behind when whoever listens leaves", async () => {
    const never = new Promise<void>(() => {});
    const { vendor, world } = await open({
      faults: [{ at: 0, fault: { kind: "hold-answer", until: never, afterBytes: 600 } }],
    });
    const input = requestOf(pcmInput(pcm(2000)));
    for await (const event of stepfun.recognize(input, world)) {
      if (event.type === "partial") break;
    }
    await vendor.waitFor(({ outcome }) => outcome === "client-left");
  });

  it("stops at once when it is aborted in the middle of the answer", async () => {
    const never = new Promise<void>(() => {});
    const stop = new AbortController();
    const { vendor, world } = await open(
      { faults: [{ at: 0, fault: { kind: "hold-answer", until: never, afterBytes: 600 } }] },
      { signal: stop.signal },
    );
    const job = (async () => {
      const input = requestOf(pcmInput(pcm(2000)));
      for await (const event of stepfun.recognize(input, world)) {
        if (event.type === "partial") stop.abort(new Error("Ctrl-C"));
      }
    })();
    await expect(job).rejects.toThrow("Ctrl-C");
    await vendor.waitFor(({ outcome }) => outcome === "client-left");
    expect(vendor.requests).toHaveLength(1);
  });

  it("needs a key, and names the variable before anything is sent", async () => {
    const world = openWorld({ account: { credentials: {} } });
    const failure = await failureOf(stepfun.prepare(settingsOf(), world));
    expect(failure).toMatchObject({
      kind: "credentials",
      exitCode: 4,
      message: "STEPFUN_API_KEY not set",
    });
    const broken = openWorld({ account: { credentials: { apiKey: "abc\r\nX-Evil: 1" } } });
    const refused = await failureOf(stepfun.prepare(settingsOf(), broken));
    expect(refused).toMatchObject({ kind: "credentials" });
    expect(String(refused)).not.toContain("abc");
  });

  it("takes a partial's consumer at its own pace", async () => {
    const { world } = await open();
    const input = requestOf(pcmInput(pcm(5000)));
    const slow = await collect(
      (async function* () {
        for await (const event of stepfun.recognize(input, world)) {
          await new Promise(setImmediate);
          yield event;
        }
      })(),
    );
    expect(finalsOf(slow)).toHaveLength(3);
  });
});
