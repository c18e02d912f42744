import { truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convert } from "../../src/audio/convert.ts";
import { joined } from "../../src/audio/joined.ts";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";
import type { Recording } from "../../src/audio/types.ts";
import { buildWav, noiseBytes, sampleBytes, WAV_ENCODINGS } from "./build-wav.ts";
import { allBytes, allSamples, memorySource } from "./sources.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "asr-stretch-"));
});
afterAll(() => rm(folder, { recursive: true }));

const FRAMES = 5_000;
const endless = Number.POSITIVE_INFINITY;

function stretchOf(recording: Recording, start: number, end: number): Recording {
  const stretch = recording.stretch?.(start, end);
  if (stretch === undefined) throw new Error("this recording can't be stretched");
  return stretch;
}

/** Noise in a WAV file with other chunks around the samples. */
function wavOf(encoding: (typeof WAV_ENCODINGS)[number], channels: number) {
  const data = noiseBytes(encoding, FRAMES * channels);
  const list = [{ id: "LIST", body: noiseBytes("u8", 999) }];
  const wav = buildWav({ encoding, channels, sampleRate: 8000, data, before: list, after: list });
  return { data, wav, frameBytes: channels * sampleBytes(encoding) };
}

describe("a stretch of a recording", () => {
  it.each(WAV_ENCODINGS)("holds the frames asked for, of %s", async (encoding) => {
    const { data, wav, frameBytes } = wavOf(encoding, 2);
    const whole = await openRecording(memorySource(wav, { cuts: [777, 10] }));
    const stretch = stretchOf(whole, 1001, 2003);
    const expected = data.subarray(1001 * frameBytes, 2003 * frameBytes);
    expect(await allBytes(stretch.samples())).toEqual(expected);
    const decoded = await allSamples(whole.blocks());
    expect(await allSamples(stretch.blocks())).toEqual(
      decoded.map((samples) => samples.slice(1001, 2003)),
    );
  });

  it("says what is true of its own bytes: headerless, its own length and size", async () => {
    const { data, wav } = wavOf("s24le", 2);
    const stretch = stretchOf(await openRecording(memorySource(wav)), 100, 900);
    expect(stretch.facts).toEqual({
      container: "pcm",
      encoding: "s24le",
      sampleRate: 8000,
      channels: 2,
      frameCount: 800,
      durationMs: 100,
      sizeBytes: 800 * 6,
    });
    expect(stretch).toMatchObject({ name: "talk.wav", decoding: "plain", reopenable: true });
    expect(await allBytes(stretch.bytes())).toEqual(data.subarray(600, 5400));
    expect(await allBytes(stretch.bytes())).toEqual(data.subarray(600, 5400));
  });

  it("reads nothing of what lies before or behind it", async () => {
    const source = memorySource(wavOf("s16le", 1).wav, { cuts: [500] });
    const whole = await openRecording(source);
    const before = source.readBytes();
    await allBytes(stretchOf(whole, 4000, 4100).samples());
    expect(source.readBytes() - before).toBe(200);
    expect(source.openPasses()).toBe(0);
  });

  it.each([
    ["to the end", 4000, endless, 1000],
    ["past the end", 4000, 99_999, 1000],
    ["that is empty", 70, 70, 0],
    ["behind the end", 70_000, endless, 0],
  ])("%s has what is there", async (_, start, end, frameCount) => {
    const { data, wav } = wavOf("s16le", 1);
    const stretch = stretchOf(await openRecording(memorySource(wav)), start, end);
    expect(stretch.facts.frameCount).toBe(frameCount);
    expect(await allBytes(stretch.samples())).toEqual(data.subarray(start * 2, end * 2));
  });

  it.each([
    [-1, 5],
    [0.5, 5],
    [6, 5],
    [0, Number.NaN],
    [endless, endless],
  ])("from %d to %d is a mistake", async (start, end) => {
    const whole = await openRecording(memorySource(wavOf("s16le", 1).wav));
    expect(() => stretchOf(whole, start, end)).toThrow(RangeError);
    expect(() => stretchOf(stretchOf(whole, 0, 9), start, end)).toThrow(RangeError);
  });

  it("of a stretch counts from its first frame and ends with it", async () => {
    const { data, wav } = wavOf("s16le", 1);
    const outer = stretchOf(await openRecording(memorySource(wav)), 1000, 2000);
    expect(await allBytes(stretchOf(outer, 10, 20).samples())).toEqual(data.subarray(2020, 2040));
    expect(stretchOf(outer, 900, endless).facts.frameCount).toBe(100);
    expect(stretchOf(outer, 5000, endless).facts.frameCount).toBe(0);
  });

  it("is not offered of a pipe, nor of what is compressed", async () => {
    const { wav } = wavOf("s16le", 1);
    expect((await openRecording(memorySource(wav, { pipe: true }))).stretch).toBeUndefined();
    const mp3 = new URL("../../fixtures/audio/compressed/en-librivox-0890.mp3", import.meta.url);
    const compressed = await openRecording(await fileSource(fileURLToPath(mp3)));
    expect(compressed.stretch).toBeUndefined();
  });

  it("is converted as the whole is", async () => {
    const { wav } = wavOf("f32le", 2);
    const stretch = stretchOf(await openRecording(memorySource(wav)), 10, 4010);
    const target = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;
    expect(await allBytes(convert(stretch, target))).toHaveLength(8000 * 2);
  });

  it("passes an abort on", async () => {
    const whole = await openRecording(memorySource(wavOf("s16le", 1).wav, { cuts: [10] }));
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    const stretch = stretchOf(whole, 10, 4000);
    await expect(allBytes(stretch.samples(signal))).rejects.toBe(reason);
    await expect(allSamples(stretch.blocks(signal))).rejects.toBe(reason);
  });

  it("warns, once and in the whole recording too, where the file became shorter", async () => {
    const file = path.join(folder, "shrinking.wav");
    const { data, wav } = wavOf("s16le", 1);
    writeFileSync(file, wav);
    const whole = await openRecording(await fileSource(file, "shrinking.wav"));
    const headerBytes = wav.length - data.length - 999 - 9;
    truncateSync(file, headerBytes + 4001);
    const stretches = [stretchOf(whole, 1000, 3000), stretchOf(whole, 3000, endless)];
    const parts = await Promise.all(stretches.map((stretch) => allBytes(stretch.samples())));
    expect(parts.map((part) => part.length)).toEqual([2000, 0]);
    expect(whole.warnings).toEqual([
      {
        code: "audio-cut-short",
        message: expect.stringContaining("shrinking.wav has become shorter while it was read"),
      },
    ]);
    expect(joined(stretches).warnings).toEqual(whole.warnings);
  });

  it("and its neighbours, joined, are the original byte for byte", async () => {
    const cut = fc.integer({ min: 0, max: FRAMES });
    const encoding = fc.constantFrom(...WAV_ENCODINGS);
    await fc.assert(
      fc.asyncProperty(
        encoding,
        fc.integer({ min: 1, max: 3 }),
        fc.array(cut, { maxLength: 12 }),
        async (kind, channels, cuts) => {
          const { data, wav } = wavOf(kind, channels);
          const whole = await openRecording(memorySource(wav, { cuts: [1013, 7] }));
          const ends = [...cuts.toSorted((a, b) => a - b), endless];
          const starts = [0, ...ends.slice(0, -1)];
          const pieces = starts.map((start, index) => stretchOf(whole, start, ends[index] ?? 0));
          const again = joined(pieces);
          expect(await allBytes(again.samples())).toEqual(data);
          expect(again.facts).toEqual(stretchOf(whole, 0, endless).facts);
          // Two cuts of what is joined: across the seams.
          const [one = 0, other = FRAMES] = cuts;
          const [first, last] = [Math.min(one, other), Math.max(one, other)];
          expect(await allBytes(stretchOf(again, first, last).samples())).toEqual(
            await allBytes(stretchOf(whole, first, last).samples()),
          );
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });
});
