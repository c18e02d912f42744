import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { convert } from "../../src/audio/convert.ts";
import { decodeFrames } from "../../src/audio/decode.ts";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";
import { buildWav, noiseBytes } from "./build-wav.ts";
import { allBytes, memorySource, sine } from "./sources.ts";

const SPEECH = "fixtures/audio/en-jfk.wav";

async function recordingOf(...channelData: Float32Array[]) {
  const frames = channelData[0]?.length ?? 0;
  const bytes = Buffer.alloc(frames * channelData.length * 4);
  for (const [channel, samples] of channelData.entries()) {
    for (const [frame, sample] of samples.entries()) {
      bytes.writeFloatLE(sample, (frame * channelData.length + channel) * 4);
    }
  }
  const shape = { encoding: "f32le", channels: channelData.length, sampleRate: 44_100 } as const;
  return openRecording(memorySource(buildWav({ ...shape, data: bytes }), { cuts: [10_000] }));
}

describe("a recording that has the right shape", () => {
  const target = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;

  it("comes through byte for byte", async () => {
    const recording = await openRecording(await fileSource(SPEECH));
    const bytes = await allBytes(convert(recording, target));
    expect(Buffer.from(bytes).equals(readFileSync(SPEECH).subarray(-bytes.length))).toBe(true);
    expect(bytes.length).toBe(352_000);
  });

  it.each([
    [2, "all"],
    [1, "all"],
    [1, "mix"],
    [1, "first"],
    [1, 0],
  ] as const)("is not even decoded: %i channels, %s", async (channels, mode) => {
    // Not a number in any float format: decoding and encoding would change the bits.
    const data = new Uint8Array(4000 * channels).fill(0xff);
    const wav = buildWav({ encoding: "f32le", channels, sampleRate: 8000, data });
    const recording = await openRecording(memorySource(wav));
    const shape = { sampleRate: 8000, channels: mode, encoding: "f32le" } as const;
    expect(await allBytes(convert(recording, shape))).toEqual(data);
  });
});

describe("converting a recording", () => {
  it("to itself by way of samples changes no bit of 16", async () => {
    const data = noiseBytes("s16le", 20_000);
    const wav = buildWav({ encoding: "s16le", channels: 2, sampleRate: 8000, data });
    const shape = { sampleRate: 8000, channels: "first", encoding: "s16le" } as const;
    const first = await allBytes(convert(await openRecording(memorySource(wav)), shape));
    expect(first).toEqual(data.filter((_, index) => index % 4 < 2));
  });

  it("mixes, resamples and encodes in one pass, to the exact length", async () => {
    const tone = sine(440, 44_100, 44_100).map((sample) => sample / 2);
    const recording = await recordingOf(
      tone,
      tone.map((sample) => sample / 2),
    );
    const shape = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;
    const bytes = await allBytes(convert(recording, shape));
    expect(bytes.length).toBe(32_000);
    const [samples = new Float32Array(0)] = decodeFrames(bytes, {
      ...shape,
      channels: 1,
    }).channelData;
    const ideal = sine(440, 16_000, 16_000);
    for (let frame = 1000; frame < 15_000; frame++) {
      expect(samples[frame]).toBeCloseTo(0.375 * (ideal[frame] ?? 0), 3);
    }
  });

  it("keeps all channels, or takes the one it is told", async () => {
    const low = sine(300, 44_100, 8820);
    const high = sine(3000, 44_100, 8820);
    const shape = { sampleRate: 16_000, encoding: "f32le" } as const;
    const of = async (channels: "all" | "first" | number) =>
      allBytes(convert(await recordingOf(low, high), { ...shape, channels }));
    const both = decodeFrames(await of("all"), { encoding: "f32le", channels: 2 }).channelData;
    const one = async (channels: "first" | number) =>
      decodeFrames(await of(channels), { encoding: "f32le", channels: 1 }).channelData[0];
    expect(await one("first")).toEqual(both[0]);
    expect(await one(1)).toEqual(both[1]);
    await expect(of(2)).rejects.toThrow(RangeError);
  });

  it("can be repeated for a file", async () => {
    const recording = await openRecording(await fileSource(SPEECH));
    const shape = { sampleRate: 8000, channels: "mix", encoding: "s16le" } as const;
    const once = await allBytes(convert(recording, shape));
    expect(once.length).toBe(176_000);
    expect(await allBytes(convert(recording, shape))).toEqual(once);
  });

  it("stops on abort and closes the input", async () => {
    const data = noiseBytes("s16le", 200_000);
    const wav = buildWav({ encoding: "s16le", channels: 2, sampleRate: 44_100, data });
    const source = memorySource(wav, { cuts: [4096] });
    const recording = await openRecording(source);
    const controller = new AbortController();
    const reason = new Error("enough");
    const shape = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;
    const work = (async () => {
      for await (const _ of convert(recording, shape, controller.signal)) controller.abort(reason);
    })();
    await expect(work).rejects.toBe(reason);
    expect(source.openPasses()).toBe(0);
  });

  it("closes the input when it is left early", async () => {
    const source = memorySource(
      buildWav({ encoding: "u8", channels: 1, sampleRate: 8000, data: noiseBytes("u8", 90_000) }),
      { cuts: [4096] },
    );
    const recording = await openRecording(source);
    const shape = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;
    for await (const _ of convert(recording, shape)) break;
    expect(source.openPasses()).toBe(0);
  });

  it("says something while a pipe is still being written", async () => {
    let written = 0;
    const wav = buildWav({
      encoding: "s16le",
      channels: 1,
      sampleRate: 48_000,
      data: noiseBytes("s16le", 480_000),
      saysBytes: 0xffffffff,
    });
    const live = {
      name: "-",
      reopenable: false,
      async *open() {
        for (; written < wav.length; written += 9600) yield wav.subarray(written, written + 9600);
      },
    };
    const shape = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;
    for await (const chunk of convert(await openRecording(live), shape)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(written).toBeLessThan(4 * 9600);
  });
});
