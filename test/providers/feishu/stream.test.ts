import { describe, expect, it } from "vitest";
import { feishuStream, larkStream } from "../../../src/providers/feishu/index.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import {
  collect,
  finalsOf,
  ofType,
  openWorld,
  pcmInput,
  requestOf,
  settingsOf,
  warningCodesOf,
} from "../vendor-world.ts";
import { accountOf, open, sha256, speechOf } from "./open.ts";

interface Config {
  readonly stream_id: string;
  readonly sequence_id: number;
  readonly action: number;
}

function configsOf(vendor: Parameters<typeof speechOf>[0]): Config[] {
  return speechOf(vendor).map(({ body }) => (body as { config: Config }).config);
}

async function recognised(audio: Uint8Array, { world }: Awaited<ReturnType<typeof open>>) {
  const input = requestOf(pcmInput(audio));
  return collect(feishuStream.recognize(input, world));
}

describe.each([
  ["feishu-stream", feishuStream, "feishu"],
  ["lark-stream", larkStream, "lark"],
] as const)("%s", (id, provider, site) => {
  it("sends packets of 200 ms in order, 1, 0 … 2, and all of the audio", async () => {
    const { vendor, world } = await open({ site, keepAudio: true });
    const audio = pcm(1050);
    await collect(provider.recognize(requestOf(pcmInput(audio)), world));
    expect(provider.id).toBe(id);
    expect(configsOf(vendor).map(({ action }) => action)).toEqual([1, 0, 0, 0, 0, 2]);
    expect(configsOf(vendor).map((config) => config.sequence_id)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(configsOf(vendor).map((config) => config.stream_id)).size).toBe(1);
    expect(vendor.streams).toMatchObject([
      { state: "ended", packetBytes: [6400, 6400, 6400, 6400, 6400, 1600] },
    ]);
    const sent = speechOf(vendor).map((request) => request.audio?.bytes ?? Buffer.alloc(0));
    expect(sha256(Buffer.concat(sent))).toBe(sha256(audio));
    expect(new Set(speechOf(vendor).map((request) => request.headers["content-type"]))).toEqual(
      new Set(["application/json; charset=utf-8"]),
    );
    expect(vendor.violations).toEqual([]);
  });
});

describe("feishu-stream", () => {
  it("ends audio that fills its last packet with an empty one", async () => {
    const opened = await open();
    await recognised(pcm(400), opened);
    expect(configsOf(opened.vendor).map(({ action }) => action)).toEqual([1, 0, 2]);
    expect(opened.vendor.streams[0]?.packetBytes).toEqual([6400, 6400, 0]);
    expect(opened.vendor.violations).toEqual([]);
  });

  it("sends a single slice with action 1 and then an empty packet with action 2", async () => {
    const opened = await open();
    const events = await recognised(pcm(120), opened);
    expect(configsOf(opened.vendor).map(({ action }) => action)).toEqual([1, 2]);
    expect(opened.vendor.streams[0]?.packetBytes).toEqual([3840, 0]);
    expect(finalsOf(events)).toEqual([{ text: "你", startMs: 0, endMs: 120, approximate: true }]);
    expect(opened.vendor.violations).toEqual([]);
  });

  it("never opens a stream without audio", async () => {
    const opened = await open();
    expect(warningCodesOf(await recognised(new Uint8Array(0), opened))).toEqual(["no-speech"]);
    expect(opened.vendor.requests).toEqual([]);
  });

  it("drops half a sample at the end of a broken input", async () => {
    const opened = await open();
    await recognised(pcm(250).subarray(0, 6402 + 1), opened);
    expect(opened.vendor.streams[0]?.packetBytes).toEqual([6400, 2]);
    expect(opened.vendor.violations).toEqual([]);
  });

  it("gives snapshots as partials that replace each other, then one final a sentence", async () => {
    const opened = await open();
    const events = await recognised(pcm(5000), opened);
    const partials = ofType(events, "partial").map(({ segment }) => segment);
    expect(partials[0]).toEqual({ text: "你好", startMs: 0, endMs: 200, approximate: true });
    expect(partials.at(-1)?.text).toBe(
      "你好，欢迎使用语音识别。Hello world, this is a test.明天上午九",
    );
    expect(finalsOf(events)).toEqual([
      { text: "你好，欢迎使用语音识别。", startMs: 0, endMs: 2000, approximate: true },
      {
        text: "Hello world, this is a test.",
        startMs: 2000,
        endMs: 4000,
        approximate: true,
      },
      { text: "明天上午九", startMs: 4000, endMs: 5000, approximate: true },
    ]);
    expect(ofType(events, "progress").at(-1)?.audioMs).toBe(5000);
  });

  it("falls back to the last snapshot where the end packet is answered with no text", async () => {
    const whole = await recognised(pcm(3000), await open());
    const empty = await recognised(pcm(3000), await open({ finalText: "empty" }));
    expect(finalsOf(empty)).toEqual(finalsOf(whole));
  });

  it("counts its packets as requests and names the stream", async () => {
    const opened = await open();
    const events = await recognised(pcm(1000), opened);
    expect(ofType(events, "response")).toEqual([
      {
        type: "response",
        requestId: opened.vendor.streams[0]?.streamId,
        model: "16k_auto",
        durationMs: 1000,
        usage: { requests: 6, billedMs: 1000 },
      },
    ]);
  });

  it("lets the middle action be another", async () => {
    const { vendor, world } = await open({ middleAction: 1 });
    const settings = settingsOf({ parameters: { middle_action: 1 } });
    await collect(feishuStream.recognize(requestOf(pcmInput(pcm(700)), settings), world));
    expect(configsOf(vendor).map(({ action }) => action)).toEqual([1, 1, 1, 2]);
    expect(vendor.violations).toEqual([]);
  });

  it("keeps 20 streams open at once, shared by jobs of one account", async () => {
    const { vendor, world } = await open();
    const full = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const job = async () => {
      const input = requestOf(pcmInput(pcm(600)));
      for await (const event of feishuStream.recognize(input, world)) {
        if (event.type === "response") running--;
        if (event.type !== "progress" || event.audioMs !== 200) continue;
        most = Math.max(most, ++running);
        if (running === 20) full.resolve();
        await full.promise;
      }
    };
    await Promise.all(Array.from({ length: 30 }, job));
    expect(vendor.streams).toHaveLength(30);
    expect(most).toBe(20);
    expect(vendor.violations).toEqual([]);
  });

  it("opens fewer streams for a while where the vendor has fewer places", async () => {
    const { vendor, world } = await open({ maxOpenStreams: 12 });
    const job = () => collect(feishuStream.recognize(requestOf(pcmInput(pcm(200))), world));
    const all = await Promise.all(Array.from({ length: 24 }, job));
    expect(all.map((events) => finalsOf(events).length)).toEqual(Array(24).fill(1));
    expect(vendor.streams.every(({ state }) => state === "ended")).toBe(true);
  });

  it("takes the account's own number of streams", async () => {
    const { vendor, clock } = await open({ maxOpenStreams: 2 });
    const world = openWorld({ account: { ...accountOf(vendor), maxConcurrency: 2 }, clock });
    const job = () => collect(feishuStream.recognize(requestOf(pcmInput(pcm(500))), world));
    await Promise.all([job(), job(), job(), job()]);
    expect(vendor.violations).toEqual([]);
  });

  it("gives every packet's answer where the vendor's own are asked for", async () => {
    const { world } = await open();
    const input = requestOf(pcmInput(pcm(400)), { raw: true });
    const responses = ofType(await collect(feishuStream.recognize(input, world)), "response");
    expect(responses.filter(({ raw }) => raw !== undefined)).toHaveLength(3);
  });
});
