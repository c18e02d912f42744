import { describe, expect, it } from "vitest";
import { readMp3Header } from "../../../src/audio/compressed/decoding/mp3-header.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { allSamples, memorySource } from "../sources.ts";
import { compressedBytes } from "./fixtures.ts";

const BYTES = compressedBytes("en-librivox-0890.mp3");

/** What the header is told to be, and what comes out of the decoder. */
async function lengths(bytes: Uint8Array) {
  const recording = await openRecording(memorySource(bytes, { cuts: [3000] }));
  const [samples = new Float32Array(0)] = await allSamples(recording.blocks());
  const { durationMs, sampleRate } = recording.facts;
  return { toldMs: durationMs ?? Number.NaN, decodedMs: (samples.length * 1000) / sampleRate };
}

function firstFrame(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  const start = bytes.findIndex((_, offset) => readMp3Header(bytes, offset) !== undefined);
  return { start, end: start + (readMp3Header(bytes, start)?.sizeBytes ?? 0) };
}

/** Silent frames of MPEG 1, layer III, 44.1 kHz, mono, at 32 and 320 kbit/s: 104 and 1044 bytes. */
function silence(kind: "small" | "large", count: number): Buffer {
  const frame = Buffer.alloc(kind === "small" ? 104 : 1044);
  frame.set([0xff, 0xfb, kind === "small" ? 0x10 : 0xe0, 0xc4]);
  return Buffer.concat(Array.from({ length: count }, () => frame));
}

/** The tag of an encoder's first frame, and none of its delays. */
function withoutEncoder(bytes: Uint8Array): Uint8Array {
  const { start, end } = firstFrame(bytes);
  const tagged = Buffer.from(bytes);
  const tag = tagged.indexOf("Info", start, "latin1");
  return tagged.fill(0, tag + 120, end);
}

describe("the length of an MP3 file is that of what it decodes to", () => {
  it.each([
    ["as an encoder wrote it", BYTES],
    ["of two recordings end to end", Buffer.concat([BYTES, BYTES])],
    ["whose encoder did not say what it added", withoutEncoder(BYTES)],
    ["without a tag in front", BYTES.subarray(firstFrame(BYTES).end)],
    ["that broke off", BYTES.subarray(0, 12_345)],
    [
      "with a tag and garbage on the way",
      Buffer.concat([
        BYTES.subarray(firstFrame(BYTES).end, 10_000),
        Buffer.alloc(500, 0x55),
        Buffer.from("ID3\x04\0\0\0\0\x01\x00", "latin1"),
        Buffer.alloc(128),
        BYTES.subarray(10_000),
      ]),
    ],
  ])("%s", async (_, bytes) => {
    const { toldMs, decodedMs } = await lengths(new Uint8Array(bytes));
    expect(decodedMs).toBeGreaterThan(1000);
    // A frame is 36 ms.
    expect(Math.abs(toldMs - decodedMs)).toBeLessThan(40);
  });

  it("whose bit rate changes, and no header says so", async () => {
    const bytes = Buffer.concat([silence("small", 30), silence("large", 400)]);
    const { toldMs, decodedMs } = await lengths(new Uint8Array(bytes));
    expect(toldMs).toBe(Math.round((430 * 1152 * 1000) / 44_100));
    expect(Math.abs(toldMs - decodedMs)).toBeLessThan(60);
  });

  it("is not told of a pipe", async () => {
    const { facts } = await openRecording(memorySource(BYTES, { pipe: true }));
    expect(facts.durationMs).toBeUndefined();
  });
});
