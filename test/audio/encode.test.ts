import { describe, expect, it } from "vitest";
import { decodeFrames } from "../../src/audio/decode.ts";
import { encode, encodeBlock, wavHeader } from "../../src/audio/encode.ts";
import { openRecording } from "../../src/audio/open.ts";
import { noiseBytes, WAV_ENCODINGS } from "./build-wav.ts";
import { allBytes, blocksOf, memorySource } from "./sources.ts";

function int16Of(...samples: number[]): number[] {
  const bytes = encodeBlock({ channelData: [Float32Array.from(samples)] }, "s16le");
  return [...new Int16Array(bytes.slice().buffer)];
}

describe("encoding to 16 bits", () => {
  it("gives back every value that was decoded from 16 bits", () => {
    const all = new Uint8Array(Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768).buffer);
    for (const channels of [1, 2, 4]) {
      expect(encodeBlock(decodeFrames(all, { encoding: "s16le", channels }), "s16le")).toEqual(all);
    }
  });

  it("rounds to the nearest step, half away from zero", () => {
    const step = 1 / 32768;
    expect(int16Of(0.4 * step, 0.5 * step, 0.6 * step, 1.5 * step)).toEqual([0, 1, 1, 2]);
    expect(int16Of(-0.4 * step, -0.5 * step, -0.6 * step, -1.5 * step)).toEqual([0, -1, -1, -2]);
  });

  it("clamps what is beyond full scale, and makes silence of what is no number", () => {
    expect(int16Of(1, 1.5, 1e30, Infinity)).toEqual([32767, 32767, 32767, 32767]);
    expect(int16Of(-1, -1.5, -1e30, -Infinity)).toEqual([-32768, -32768, -32768, -32768]);
    expect(int16Of(Number.NaN)).toEqual([0]);
  });
});

describe("encoding to 32-bit float", () => {
  it("gives back every bit", () => {
    const bytes = noiseBytes("f32le", 3000);
    expect(encodeBlock(decodeFrames(bytes, { encoding: "f32le", channels: 3 }), "f32le")).toEqual(
      bytes,
    );
  });
});

describe("encoding a stream", () => {
  it.each(["s16le", "f32le"] as const)("interleaves its channels as %s", async (encoding) => {
    const bytes = noiseBytes(encoding, 6000);
    const { channelData } = decodeFrames(bytes, { encoding, channels: 2 });
    expect(await allBytes(encode(blocksOf(channelData, [1, 700]), encoding))).toEqual(bytes);
  });
});

describe("a WAV header", () => {
  it.each(WAV_ENCODINGS)("for %s is read back as it was written", async (encoding) => {
    const format = { encoding, channels: 2, sampleRate: 22_050 };
    const data = noiseBytes(encoding, 2000);
    const file = Buffer.concat([wavHeader(format, data.length), data]);
    const recording = await openRecording(memorySource(file));
    expect(recording.facts).toMatchObject({ container: "wav", ...format, durationMs: 45 });
    expect(await allBytes(recording.samples())).toEqual(data);
    expect(recording.warnings).toEqual([]);
  });

  it("of unknown length is read to the end", async () => {
    const format = { encoding: "s16le", channels: 1, sampleRate: 8000 } as const;
    const data = noiseBytes("s16le", 100);
    const recording = await openRecording(
      memorySource(Buffer.concat([wavHeader(format), data]), { pipe: true }),
    );
    expect(recording.facts).not.toHaveProperty("durationMs");
    expect(await allBytes(recording.samples())).toEqual(data);
    expect(recording.warnings).toEqual([]);
  });

  it("can't say more than 4 GiB", () => {
    const format = { encoding: "s16le", channels: 1, sampleRate: 8000 } as const;
    expect(() => wavHeader(format, 2 ** 32)).toThrow(RangeError);
    expect(() => wavHeader(format, -1)).toThrow(RangeError);
  });
});
