import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { decode as wavDecoder } from "wav-decoder";
import { decode, decodeFrames } from "../../src/audio/decode.ts";
import { ENCODINGS, type Encoding } from "../../src/audio/types.ts";
import { itWith } from "../tools.ts";
import { buildWav, noiseBytes, sampleBytes } from "./build-wav.ts";
import { allSamples, memorySource } from "./sources.ts";

/** The step between two neighbouring values; A-law and mu-law are tables and must be exact. */
const STEPS: Readonly<Record<Encoding, number>> = {
  u8: 1 / 128,
  s16le: 1 / 32768,
  s16be: 1 / 32768,
  s24le: 1 / 8388608,
  s32le: 2 ** -24,
  f32le: 2 ** -24,
  f64le: 2 ** -24,
  alaw: 0,
  mulaw: 0,
};

function samplesOf(encoding: Encoding, bytes: Uint8Array): Float32Array {
  return decodeFrames(bytes, { encoding, channels: 1 }).channelData[0] ?? new Float32Array(0);
}

/** Every byte, and for the wide ones the ends of the scale as well. */
function inputOf(encoding: Encoding): Uint8Array {
  const wide = encoding === "s16be" ? "s16le" : encoding;
  const every = Uint8Array.from({ length: 256 }, (_, code) => code);
  if (sampleBytes(wide) === 1) return every;
  const ends = encoding.startsWith("s")
    ? Buffer.concat([0x00, 0x7f, 0x80, 0xff].map((top) => endsOf(encoding, top)))
    : new Uint8Array(0);
  return new Uint8Array(Buffer.concat([ends, noiseBytes(wide, 4096)]));
}

/** The two samples with one high byte and nothing, or everything, below it. */
function endsOf(encoding: Encoding, top: number): Uint8Array {
  const count = encoding.startsWith("s16") ? 2 : sampleBytes(encoding as "s24le");
  const ends = [0x00, 0xff].map((low) => [...new Uint8Array(count - 1).fill(low), top]);
  return Uint8Array.from(ends.flatMap((end) => (encoding === "s16be" ? end.reverse() : end)));
}

describe.each(ENCODINGS)("%s", (encoding) => {
  itWith("ffmpeg", "decodes as ffmpeg does", () => {
    const bytes = inputOf(encoding);
    const shape = ["-f", encoding, "-ar", "8000", "-ac", "1"];
    const output = execFileSync(
      "ffmpeg",
      ["-v", "error", ...shape, "-i", "pipe:0", "-f", "f64le", "-c:a", "pcm_f64le", "pipe:1"],
      { input: bytes },
    );
    const samples = samplesOf(encoding, bytes);
    expect(output.length).toBe(samples.length * 8);
    for (const [index, sample] of samples.entries()) {
      const theirs = output.readDoubleLE(index * 8);
      expect(Math.abs(sample - theirs), `sample ${index}`).toBeLessThanOrEqual(STEPS[encoding]);
    }
  });

  it("decodes each channel on its own", () => {
    const bytes = inputOf(encoding);
    const mono = samplesOf(encoding, bytes);
    const { channelData } = decodeFrames(bytes, { encoding, channels: 4 });
    expect(channelData).toHaveLength(4);
    for (const [channel, samples] of channelData.entries()) {
      expect(samples).toEqual(mono.filter((_, index) => index % 4 === channel));
    }
  });
});

describe("the scale of decoded samples", () => {
  const value = (encoding: Encoding, ...bytes: number[]) =>
    samplesOf(encoding, Uint8Array.from(bytes))[0];

  it("is exact for integers, from -1 to one step below +1", () => {
    expect(value("u8", 0x80)).toBe(0);
    expect(value("u8", 0x00)).toBe(-1);
    expect(value("u8", 0xff)).toBe(127 / 128);
    expect(value("s16le", 0x00, 0x80)).toBe(-1);
    expect(value("s16le", 0xff, 0x7f)).toBe(32767 / 32768);
    expect(value("s16be", 0x80, 0x00)).toBe(-1);
    expect(value("s16be", 0x00, 0x01)).toBe(1 / 32768);
    expect(value("s24le", 0xff, 0xff, 0x7f)).toBe(8388607 / 8388608);
    expect(value("s24le", 0x01, 0x00, 0x80)).toBe(-8388607 / 8388608);
    expect(value("s32le", 0x00, 0x00, 0x00, 0x80)).toBe(-1);
  });

  it("keeps the lowest 24-bit value negative, wherever it stands", () => {
    const lowest = [0, 0, 0x80];
    const bytes = Uint8Array.from([...lowest, 1, 0, 0, ...lowest, ...lowest, 2, 0, 0]);
    expect([...samplesOf("s24le", bytes)]).toEqual([-1, 2 ** -23, -1, -1, 2 ** -22]);
  });

  it("leaves floats as they are, beyond full scale too", () => {
    const floats = Float32Array.of(0.1, -2.5, 0, 1e-30);
    expect(samplesOf("f32le", new Uint8Array(floats.buffer))).toEqual(floats);
    const doubles = Float64Array.of(0.1, -2.5, 0, 1e-30);
    expect(samplesOf("f64le", new Uint8Array(doubles.buffer))).toEqual(floats);
  });

  it("knows the ends and the middle of G.711", () => {
    expect(value("mulaw", 0xff)).toBe(0);
    expect(value("mulaw", 0x80)).toBe(32124 / 32768);
    expect(value("mulaw", 0x00)).toBe(-32124 / 32768);
    expect(value("alaw", 0xd5)).toBe(8 / 32768);
    expect(value("alaw", 0x55)).toBe(-8 / 32768);
    expect(value("alaw", 0xaa)).toBe(32256 / 32768);
  });

  it("is that of wav-decoder for 16 bits", () => {
    const data = noiseBytes("s16le", 2000);
    const wav = buildWav({ encoding: "s16le", channels: 2, sampleRate: 8000, data });
    const oracle = wavDecoder.sync(wav.slice().buffer, { symmetric: true });
    const { channelData } = decodeFrames(data, { encoding: "s16le", channels: 2 });
    expect(channelData).toEqual(oracle.channelData);
  });
});

describe("decoding a stream", () => {
  it.each(ENCODINGS)(
    "of %s gives blocks of at most a second, however it is cut",
    async (encoding) => {
      const bytes = inputOf(encoding);
      const format = { encoding, channels: 2, sampleRate: 50 };
      const whole = decodeFrames(bytes, format);
      for (const cuts of [[1], [7, 2, 1000], [bytes.length]]) {
        const { open } = memorySource(bytes, { cuts });
        expect(await allSamples(decode(open(), format))).toEqual(whole.channelData);
        for await (const { channelData } of decode(open(), format)) {
          expect(channelData[0]?.length).toBeLessThanOrEqual(50);
        }
      }
    },
  );
});
