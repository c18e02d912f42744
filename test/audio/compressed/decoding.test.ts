import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert } from "../../../src/audio/convert.ts";
import { encode } from "../../../src/audio/encode.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { resample } from "../../../src/audio/resample.ts";
import { fileSource } from "../../../src/audio/source.ts";
import { allBytes, allSamples, blocksOf, memorySource } from "../sources.ts";
import { bandLimited, correlation } from "./correlation.ts";
import { compressedBytes, compressedPath } from "./fixtures.ts";

const SOURCE = new URL("../../../fixtures/audio/en-librivox-0890.wav", import.meta.url);

async function decodedFile(name: string) {
  const recording = await openRecording(await fileSource(compressedPath(name)));
  return { recording, channelData: await allSamples(recording.blocks()) };
}

/** The source at another rate, as a decoder of that rate would give it. */
async function sourceAt(sampleRate: number): Promise<Float32Array> {
  const file = readFileSync(SOURCE);
  const samples = Float32Array.from({ length: (file.length - 44) >> 1 }, (_, frame) => {
    return file.readInt16LE(44 + frame * 2) / 32_768;
  });
  const [resampled] = await allSamples(resample(blocksOf([samples]), 16_000, sampleRate));
  return resampled ?? samples;
}

/** Frames that come out, exactly; the source has 84 800 at 16 kHz. */
const EXACT: readonly (readonly [name: string, frameCount: number, alike: number])[] = [
  ["en-librivox-0890.mp3", 84_800, 0.9],
  ["en-librivox-0890-stereo.mp3", 84_800, 0.9],
  ["en-librivox-0890-opus.ogg", 254_400, 0.9],
  ["en-librivox-0890-vorbis.ogg", 84_800, 0.9],
  ["en-librivox-0890.flac", 84_800, 0.999_999],
  ["en-librivox-0890.webm", 254_400, 0.9],
  ["en-librivox-0890.amr", 42_400, 0.9],
  ["en-librivox-0890.silk", 84_800, 0.9],
];

describe("a compressed recording decodes", () => {
  it.each(EXACT)(
    "%s to the sound it was made from, %i frames of it",
    async (name, count, alike) => {
      const { recording, channelData } = await decodedFile(name);
      expect(recording.decoding).toBe("bundled");
      expect(recording.warnings).toEqual([]);
      expect(channelData.map(({ length }) => length)).toEqual(
        Array.from({ length: recording.facts.channels }, () => count),
      );
      const { sampleRate, encoding } = recording.facts;
      const source = await sourceAt(sampleRate);
      // These two keep what a telephone keeps.
      const isSpeechCodec = encoding === "amr" || encoding === "silk";
      const band = (samples: Float32Array) =>
        isSpeechCodec ? bandLimited(samples, sampleRate, 300, 3400) : samples;
      for (const samples of channelData) {
        const found = correlation(band(source), band(samples), sampleRate / 20);
        expect(found).toBeGreaterThan(alike);
      }
    },
  );

  it("FLAC bit for bit", async () => {
    const { channelData } = await decodedFile("en-librivox-0890.flac");
    const bytes = await allBytes(encode(blocksOf(channelData), "s16le"));
    expect(Buffer.compare(bytes, readFileSync(SOURCE).subarray(44))).toBe(0);
  });

  it("stereo Opus with its channels apart", async () => {
    const { channelData } = await decodedFile("en-librivox-0890-0870-opus.ogg");
    const [left = new Float32Array(0), right = new Float32Array(0)] = channelData;
    const source = await sourceAt(48_000);
    expect(left.length).toBe(254_400);
    expect(correlation(source, left, 500)).toBeGreaterThan(0.9);
    expect(Math.abs(correlation(source, right, 500))).toBeLessThan(0.3);
  });

  it("through convert, to the length of the source", async () => {
    const path = compressedPath("en-librivox-0890-opus.ogg");
    const recording = await openRecording(await fileSource(path));
    const target = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;
    expect((await allBytes(convert(recording, target))).length).toBe(84_800 * 2);
  });

  it("a pipe like a file", async () => {
    for (const name of ["en-librivox-0890.mp3", "en-librivox-0890.webm"]) {
      const pipe = await openRecording(memorySource(compressedBytes(name), { name, pipe: true }));
      const [piped] = await allSamples(pipe.blocks());
      const [read] = (await decodedFile(name)).channelData;
      // The padding at the end of a Matroska file is known from its end alone.
      expect(piped?.subarray(0, read?.length)).toEqual(read);
    }
  });
});

describe("how a file is read changes nothing", () => {
  it.each(EXACT.map(([name]) => name))("%s: chunks cut anywhere", async (name) => {
    const bytes = compressedBytes(name);
    const whole = (await decodedFile(name)).channelData;
    const cuts = fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, async (sizes) => {
        fc.pre(Math.max(...sizes) > 200);
        const recording = await openRecording(memorySource(bytes, { name, cuts: sizes }));
        expect(await allSamples(recording.blocks())).toEqual(whole);
      }),
      { numRuns: 6 },
    );
  });

  it("two passes at once do not mix", async () => {
    const names = ["en-librivox-0890-opus.ogg", "en-librivox-0890.flac", "en-librivox-0890.mp3"];
    const alone = await Promise.all(
      names.map(async (name) => (await decodedFile(name)).channelData),
    );
    const together = names.flatMap((name) => [decodedFile(name), decodedFile(name)]);
    const found = await Promise.all(together);
    for (const [index, { channelData }] of found.entries()) {
      expect(channelData).toEqual(alone[index >> 1]);
    }
  });

  it.each(EXACT.map(([name]) => name))("%s: a reader that leaves early lets go", async (name) => {
    const source = memorySource(compressedBytes(name), { name, cuts: [4000] });
    const recording = await openRecording(source);
    for await (const block of recording.blocks()) {
      expect(block.channelData[0]?.length).toBeGreaterThan(0);
      break;
    }
    expect(source.openPasses()).toBe(0);
  });

  it("a signal ends it with its reason", async () => {
    const stop = new AbortController();
    const source = memorySource(compressedBytes("en-librivox-0890.flac"), { cuts: [4000] });
    const recording = await openRecording(source);
    const reason = new Error("enough");
    const read = async () => {
      for await (const _ of recording.blocks(stop.signal)) stop.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    expect(source.openPasses()).toBe(0);
  });
});
