import { describe, expect, it } from "vitest";
import type { FeishuDoubleOptions } from "./feishu/server.ts";
import { pcm, SAMPLES } from "./hand/audio.ts";
import { fetchToken, STREAM_ID, sendPacket } from "./hand/feishu.ts";
import { openFeishu } from "./hand/open-doubles.ts";

const SLICE = pcm(200);
const NOTHING = Buffer.alloc(0);
const [FIRST, MIDDLE, END, ABORT] = [1, 0, 2, 3];

async function open(options: FeishuDoubleOptions = {}) {
  const vendor = await openFeishu(options);
  const token = await fetchToken(vendor);
  return {
    vendor,
    packet: (audio: Buffer, sequence: number, action: number, config = {}) =>
      sendPacket(vendor, audio, sequence, action, { token, config }),
  };
}

describe("Lark stream_recognize", () => {
  it("answers snapshots that grow, and the whole at the end", async () => {
    const { vendor, packet } = await open();
    const first = await packet(SLICE, 0, FIRST);
    expect(first.json).toEqual({
      code: 0,
      msg: "success",
      data: { stream_id: STREAM_ID, sequence_id: 0, recognition_text: "你好" },
    });
    const middle = await packet(SLICE, 1, MIDDLE);
    const end = await packet(NOTHING, 2, END);
    expect([middle.json.data, end.json.data]).toMatchObject([
      { sequence_id: 1, recognition_text: "你好，" },
      { sequence_id: 2, recognition_text: "你好，" },
    ]);
    expect(vendor.violations).toEqual([]);
    expect(vendor.streams).toEqual([
      {
        streamId: STREAM_ID,
        state: "ended",
        packetCount: 3,
        sizeBytes: 12_800,
        packetBytes: [6400, 6400, 0],
      },
    ]);
  });

  it("hears all the audio so far", async () => {
    const { packet } = await open({
      recognise: (audio, samples) => [
        { text: `${samples.length}${audio.final ? "!" : "?"}`, startMs: 0, endMs: 1 },
      ],
    });
    await packet(SLICE, 0, FIRST);
    const end = await packet(SLICE, 1, END);
    expect(end.json.data).toMatchObject({ recognition_text: "6400!" });
  });

  it("may end with an empty text", async () => {
    const { packet } = await open({ finalText: "empty" });
    await packet(SLICE, 0, FIRST);
    expect((await packet(NOTHING, 1, END)).json.data).toMatchObject({ recognition_text: "" });
  });

  it("can be aborted, and gives no text then", async () => {
    const { vendor, packet } = await open();
    await packet(SLICE, 0, FIRST);
    const aborted = await packet(NOTHING, 1, ABORT);
    expect(aborted.json.data).toMatchObject({ sequence_id: 1, recognition_text: "" });
    expect(vendor.streams[0]?.state).toBe("aborted");
    expect((await packet(SLICE, 2, MIDDLE)).json.code).toBe(1610101);
  });

  it("takes another action for the middle where the test says so", async () => {
    const { packet } = await open({ middleAction: 1 });
    await packet(SLICE, 0, FIRST);
    expect((await packet(SLICE, 1, FIRST)).json.code).toBe(0);
    expect((await packet(SLICE, 2, MIDDLE)).json.code).toBe(1610101);
  });

  it.each([
    ["a beginning at 1", [[SLICE, 1, FIRST]], "begins with sequence_id 1"],
    ["a beginning in the middle", [[SLICE, 0, MIDDLE]], "begins with action 0"],
    ["a beginning that ends", [[SLICE, 0, END]], "begins with action 2"],
    [
      "two beginnings",
      [
        [SLICE, 0, FIRST],
        [SLICE, 1, FIRST],
      ],
      "action 1 in the middle",
    ],
    [
      "a gap",
      [
        [SLICE, 0, FIRST],
        [SLICE, 2, MIDDLE],
      ],
      "sequence_id 2 where 1",
    ],
    [
      "the same number twice",
      [
        [SLICE, 0, FIRST],
        [SLICE, 0, FIRST],
      ],
      "sequence_id 0 where 1",
    ],
    [
      "an unknown action",
      [
        [SLICE, 0, FIRST],
        [SLICE, 1, 4],
      ],
      "action 4",
    ],
    [
      "a packet after the end",
      [
        [SLICE, 0, FIRST],
        [NOTHING, 1, END],
        [SLICE, 2, 0],
      ],
      "is ended",
    ],
    ["an empty beginning", [[NOTHING, 0, FIRST]], "an empty packet"],
    [
      "an empty middle",
      [
        [SLICE, 0, FIRST],
        [NOTHING, 1, MIDDLE],
      ],
      "an empty packet",
    ],
    ["half a sample", [[SLICE.subarray(1), 0, FIRST]], "16-bit pcm"],
    ["a WAV header", [[SAMPLES.wav, 0, FIRST]], "WAV header"],
  ] as const)("refuses %s", async (_name, packets, reason) => {
    const { vendor, packet } = await open();
    let last: unknown;
    for (const [audio, sequence, action] of packets) {
      last = (await packet(audio, sequence, action)).json;
    }
    expect(last).toMatchObject({ code: 1610101, error: { log_id: expect.any(String) } });
    expect(vendor.violations).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    ["stream_id", "short"],
    ["stream_id", "asd1234567890dd-"],
    ["sequence_id", "0"],
    ["sequence_id", -1],
    ["sequence_id", 0.5],
    ["action", undefined],
    ["format", "wav"],
    ["engine_type", "8k_auto"],
    ["file_id", "qwe12dd34567890w"],
  ])("refuses config.%s = %j", async (name, value) => {
    const { vendor, packet } = await open();
    expect((await packet(SLICE, 0, FIRST, { [name]: value })).json.code).toBe(1610101);
    expect(vendor.violations).toEqual([expect.stringContaining(name)]);
  });

  it("notes packets over 200 ms, and refuses them over a limit", async () => {
    const noting = await open();
    expect((await noting.packet(pcm(300), 0, FIRST)).json.code).toBe(0);
    expect(noting.vendor.violations).toEqual([expect.stringContaining("9600 bytes")]);
    const refusing = await open({ maxSliceBytes: 6400 });
    expect((await refusing.packet(SLICE, 0, FIRST)).json.code).toBe(0);
    expect((await refusing.packet(pcm(201), 1, MIDDLE)).json.code).toBe(1610101);
  });

  it("has twenty open streams at most", async () => {
    const { vendor, packet } = await open();
    const id = (stream: number) => ({ stream_id: `stream${String(stream).padStart(10, "0")}` });
    for (let stream = 0; stream < 20; stream += 1) {
      expect((await packet(SLICE, 0, FIRST, id(stream))).json.code).toBe(0);
    }
    const refused = await packet(SLICE, 0, FIRST, id(20));
    expect([refused.status, refused.json.code]).toEqual([429, 99991400]);
    await packet(NOTHING, 1, END, id(7));
    expect((await packet(SLICE, 0, FIRST, id(20))).json.code).toBe(0);
    expect(vendor.violations).toHaveLength(1);
  });

  it("answers again when the same packet comes after a lost answer", async () => {
    const { vendor, packet } = await open({
      faults: [{ at: 2, fault: { kind: "cut-before-answer" } }],
    });
    await packet(SLICE, 0, FIRST);
    await expect(packet(SLICE, 1, MIDDLE)).rejects.toThrow();
    const again = await packet(SLICE, 1, MIDDLE);
    expect(again.json.data).toMatchObject({ sequence_id: 1, recognition_text: "你好，" });
    expect(vendor.streams[0]?.packetCount).toBe(2);
    expect(vendor.violations).toEqual([]);
  });

  it("lets a fault choose by the body, and echo another stream", async () => {
    const { packet } = await open({
      faults: [
        {
          whenBody: (body) => JSON.stringify(body).includes('"sequence_id":1,'),
          fault: { kind: "merge-answer", fields: { data: { stream_id: "another_stream__" } } },
        },
      ],
    });
    expect((await packet(SLICE, 0, FIRST)).json.data).toMatchObject({ stream_id: STREAM_ID });
    expect((await packet(SLICE, 1, MIDDLE)).json.data).toEqual({
      stream_id: "another_stream__",
      sequence_id: 1,
      recognition_text: "你好，",
    });
  });
});
