/** The official Node SDK talks to the double: what it sends is what the vendor takes. */
import { Client } from "@larksuiteoapi/node-sdk";
import { describe, expect, it } from "vitest";
import type { FeishuDouble, FeishuDoubleOptions } from "./feishu/server.ts";
import { pcm } from "./hand/audio.ts";
import { openFeishu } from "./hand/open-doubles.ts";

const SLICE = pcm(200);

/** The SDK logs to stdout, and to nobody here. */
const silent = () => {};
const SILENT = { error: silent, warn: silent, info: silent, debug: silent, trace: silent };

async function open(options: FeishuDoubleOptions = {}) {
  // One cache of tokens serves every client of a process, by app id: each test has its own app.
  const app = { appId: `cli_${crypto.randomUUID()}`, appSecret: "secret" };
  const vendor = await openFeishu({ site: "lark", app, ...options });
  const client = new Client({
    appId: vendor.app.appId,
    appSecret: vendor.app.appSecret,
    domain: vendor.origin,
    logger: SILENT,
  });
  return { vendor, speech: client.speech_to_text.v1.speech };
}

const recognise = (speech: Awaited<ReturnType<typeof open>>["speech"], audio: Buffer) =>
  speech.fileRecognize({
    data: {
      speech: { speech: audio.toString("base64") },
      config: { file_id: "qwe12dd34567890w", format: "pcm", engine_type: "16k_auto" },
    },
  });

const paths = (vendor: FeishuDouble) => vendor.requests.map((record) => record.path);

describe("The official Lark SDK for Node", () => {
  it("recognises a file", async () => {
    const { vendor, speech } = await open();
    expect(await recognise(speech, SLICE)).toEqual({
      code: 0,
      msg: "success",
      data: { recognition_text: "你好" },
    });
    expect(paths(vendor)).toEqual([vendor.paths.token, vendor.paths.file]);
    expect(vendor.violations).toEqual([]);
  });

  it("recognises a stream with one token", async () => {
    const { vendor, speech } = await open();
    const texts = [];
    for (const [sequence, action] of [1, 0, 2].entries()) {
      const answer = await speech.streamRecognize({
        data: {
          speech: { speech: SLICE.toString("base64") },
          config: {
            stream_id: "asd1234567890ddd",
            sequence_id: sequence,
            action,
            format: "pcm",
            engine_type: "16k_auto",
          },
        },
      });
      texts.push(answer.data?.recognition_text);
    }
    expect(texts).toEqual(["你好", "你好，", "你好，欢"]);
    expect(vendor.tokenCalls).toBe(1);
    expect(vendor.streams[0]).toMatchObject({ state: "ended", packetCount: 3 });
    expect(vendor.violations).toEqual([]);
  });

  it("sends JSON without a charset", async () => {
    const { vendor, speech } = await open();
    await recognise(speech, SLICE);
    const types = vendor.requests.map((record) => record.headers["content-type"]);
    expect(types).toEqual(["application/json", "application/json"]);
  });

  it("gives the vendor's error body with what it throws", async () => {
    const { speech } = await open({ scopes: [] });
    await expect(recognise(speech, SLICE)).rejects.toMatchObject({
      response: { status: 400, data: { code: 99991672, error: { log_id: expect.any(String) } } },
    });
  });
});
