import { describe, expect, it } from "vitest";
import { feishuFile, larkFile } from "../../../src/providers/feishu/index.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import {
  collect,
  failureOf,
  finalsOf,
  ofType,
  pcmInput,
  requestOf,
  settingsOf,
  warningCodesOf,
} from "../vendor-world.ts";
import { open, sha256, speechOf, tokenCallsOf } from "./open.ts";

describe.each([
  ["feishu-file", feishuFile, "feishu"],
  ["lark-file", larkFile, "lark"],
] as const)("%s", (id, provider, site) => {
  it("recognises a recording as one segment with the bounds of its audio", async () => {
    const { vendor, world } = await open({ site });
    const audio = pcm(4400);
    const events = await collect(provider.recognize(requestOf(pcmInput(audio)), world));
    expect(provider.id).toBe(id);
    expect(finalsOf(events)).toEqual([
      {
        text: "你好，欢迎使用语音识别。Hello world, this is a test.明天",
        startMs: 0,
        endMs: 4400,
        approximate: true,
      },
    ]);
    expect(ofType(events, "response")).toEqual([
      {
        type: "response",
        requestId: expect.stringMatching(/^\w{16}$/),
        model: "16k_auto",
        durationMs: 4400,
        usage: { requests: 1, billedMs: 4400 },
      },
    ]);
    expect(speechOf(vendor)).toMatchObject([
      {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          authorization: `Bearer ${vendor.tokens[0]}`,
        },
        audio: { sha256: sha256(audio), sizeBytes: audio.length },
      },
    ]);
    expect(vendor.violations).toEqual([]);
  });
});

describe("feishu-file", () => {
  it("sends exactly the fields of the document, with a Content-Length", async () => {
    const { vendor, world } = await open();
    const input = requestOf(pcmInput(pcm(1000)));
    await collect(feishuFile.recognize(input, world));
    const [request] = speechOf(vendor);
    expect(request?.body).toEqual({
      speech: { speech: "" },
      config: {
        file_id: expect.stringMatching(/^[A-Za-z0-9_]{16}$/),
        format: "pcm",
        engine_type: "16k_auto",
      },
    });
    expect(request?.headers["content-length"]).toBe(String(request?.bodySizeBytes));
    expect(tokenCallsOf(vendor)[0]?.body).toEqual({
      app_id: vendor.app.appId,
      app_secret: vendor.app.appSecret,
    });
  });

  it("takes 60 s to the sample", async () => {
    const { vendor, world } = await open();
    const audio = pcm(60_000);
    const input = requestOf(pcmInput(audio));
    expect(finalsOf(await collect(feishuFile.recognize(input, world)))[0]?.endMs).toBe(60_000);
    expect(speechOf(vendor)[0]?.audio?.sha256).toBe(sha256(audio));
    expect(vendor.violations).toEqual([]);
  });

  it.each([
    ["a length that is known", pcmInput(pcm(60_001))],
    ["a length that is not", { ...pcmInput(pcm(60_001)), durationMs: 0 }],
  ])("refuses more than 60 s before anything is sent: %s", async (_, audio) => {
    const { vendor, world } = await open();
    const failure = await failureOf(collect(feishuFile.recognize(requestOf(audio), world)));
    expect(failure).toMatchObject({
      kind: "audio",
      exitCode: 3,
      details: { hint: expect.stringContaining("feishu-stream") },
    });
    expect(vendor.requests).toEqual([]);
  });

  it("sends nothing for a recording without audio", async () => {
    const { vendor, world } = await open();
    const input = requestOf(pcmInput(new Uint8Array(0)));
    expect(warningCodesOf(await collect(feishuFile.recognize(input, world)))).toEqual([
      "no-speech",
    ]);
    expect(vendor.requests).toEqual([]);
  });

  it("says so where nothing was recognised", async () => {
    const { world } = await open({ recognise: () => [] });
    const input = requestOf(pcmInput(pcm(500)));
    const events = await collect(feishuFile.recognize(input, world));
    expect(finalsOf(events)).toEqual([]);
    expect(warningCodesOf(events)).toEqual(["no-speech"]);
  });

  it("passes the vendor's own answer on where it is asked for", async () => {
    const { world } = await open();
    const input = requestOf(pcmInput(pcm(2000)), { raw: true });
    const [response] = ofType(await collect(feishuFile.recognize(input, world)), "response");
    expect(response?.raw).toEqual({
      code: 0,
      msg: "success",
      data: { recognition_text: "你好，欢迎使用语音识别。" },
    });
  });

  it("goes below the path of a gateway", async () => {
    const { vendor, world } = await open({ pathPrefix: "/gateway/feishu" });
    const input = requestOf(pcmInput(pcm(100)));
    await collect(feishuFile.recognize(input, world));
    expect(vendor.requests.map((request) => request.url)).toEqual([
      `/gateway/feishu${vendor.paths.token}`,
      `/gateway/feishu${vendor.paths.file}`,
    ]);
  });

  it("sends parameters that it does not know as fields of config", async () => {
    const { vendor, world } = await open();
    const uncheckedParameters = {
      speaker: "2",
      "config.note": "zwei",
      big: "12345678901234567890",
    };
    const settings = settingsOf({ uncheckedParameters });
    const failure = await failureOf(
      collect(feishuFile.recognize(requestOf(pcmInput(pcm(100)), settings), world)),
    );
    expect(failure).toMatchObject({ kind: "recognition", details: { vendorCode: 1040101 } });
    expect(speechOf(vendor)[0]?.body).toMatchObject({
      config: { speaker: 2, note: "zwei", big: "12345678901234567890" },
    });
  });
});
