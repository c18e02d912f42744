import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { ffmpegBlocks } from "../../../src/audio/compressed/ffmpeg/blocks.ts";
import { findMediaTools } from "../../../src/audio/compressed/ffmpeg/find.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { fileSource } from "../../../src/audio/source.ts";
import type { ByteSource, MediaTools } from "../../../src/audio/types.ts";
import { itWith } from "../../tools.ts";
import { allSamples, failure, memorySource } from "../sources.ts";
import { likeness } from "./alike.ts";
import { compressedBytes, compressedPath, FOREIGN, FOREIGN_NAMES } from "./fixtures.ts";
import { folderOfTest, heard, made, SPEECH } from "./made-by-ffmpeg.ts";

async function installed(): Promise<MediaTools> {
  const tools = await findMediaTools(process.env, process.platform);
  if (tools === undefined) throw new Error("no ffmpeg in the path");
  return tools;
}

async function decoded(source: ByteSource) {
  const tools = await installed();
  const warnings: { code: string; message: string }[] = [];
  const { facts } = await openRecording(source, { tools });
  const blocks = ffmpegBlocks(source, facts, tools, undefined, (warning) => warnings.push(warning));
  return { facts, samples: await allSamples(blocks), warnings };
}

describe.each(FOREIGN_NAMES)("%s", (name) => {
  itWith("ffprobe", "has the facts of its track of sound", async () => {
    const recording = await openRecording(await fileSource(compressedPath(name)), {
      tools: await installed(),
    });
    const { durationMs = 0, sizeBytes, ...facts } = recording.facts;
    expect(facts).toEqual({ ...FOREIGN[name], sampleRate: 16_000, channels: 1 });
    expect(Math.abs(durationMs - 5350)).toBeLessThan(60);
    expect(sizeBytes).toBe(compressedBytes(name).length);
    expect(recording.decoding).toBe("ffmpeg");
  });

  itWith("ffmpeg", "is decoded", async () => {
    const { samples, warnings } = await decoded(await fileSource(compressedPath(name)));
    const [mono = new Float32Array(0)] = samples;
    expect(likeness(heard(SPEECH), mono).correlation).toBeGreaterThan(0.95);
    expect(warnings).toEqual([]);
  });
});

describe("a pipe of compressed WAV", () => {
  itWith("ffmpeg", "is decoded as it comes", async () => {
    const bytes = compressedBytes("en-librivox-0890-adpcm.wav");
    const recording = await openRecording(memorySource(bytes, { pipe: true, cuts: [3000] }), {
      tools: await installed(),
    });
    const { container, encoding, sampleRate, channels } = recording.facts;
    expect({ container, encoding, sampleRate, channels }).toEqual({
      ...{ container: "wav", encoding: "other", sampleRate: 16_000, channels: 1 },
    });
    const [mono = new Float32Array(0)] = await allSamples(recording.blocks());
    expect(likeness(heard(SPEECH), mono).correlation).toBeGreaterThan(0.95);
  });
});

describe("what no decoder of ours decodes", () => {
  const names = ["en-librivox-0890.mp4", "en-librivox-0890.m4a", "en-librivox-0890.aac"];

  for (const name of [...names, "en-librivox-0890-wb.amr", "en-librivox-0890.mkv"]) {
    itWith("ffmpeg", `is decoded, no frame lost: ${name}`, async () => {
      const source = await fileSource(compressedPath(name));
      const { facts, samples, warnings } = await decoded(source);
      const [mono = new Float32Array(0)] = samples;
      const { correlation, lagFrames } = likeness(heard(SPEECH, facts.sampleRate), mono);
      expect(correlation).toBeGreaterThan(name.includes("wb") ? 0.85 : 0.95);
      expect(Math.abs(lagFrames) / facts.sampleRate).toBeLessThan(0.08);
      expect(Math.abs((mono.length * 1000) / facts.sampleRate - 5340)).toBeLessThan(60);
      expect(warnings).toEqual([]);
    });
  }

  itWith("ffmpeg", "comes through a pipe as from a file", async () => {
    const name = "en-librivox-0890.aac";
    const piped = memorySource(compressedBytes(name), { pipe: true, cuts: [100, 4096] });
    const tools = await installed();
    const recording = await openRecording(piped, { tools });
    const [whole] = (await decoded(await fileSource(compressedPath(name)))).samples;
    const again = memorySource(compressedBytes(name), { pipe: true, cuts: [100, 4096] });
    expect((await allSamples(ffmpegBlocks(again, recording.facts, tools)))[0]).toEqual(whole);
    expect(again.openPasses()).toBe(0);
  });

  itWith(
    "ffmpeg",
    "can't come through a pipe with its index at the end, and is told so",
    async () => {
      const file = made("-f", "lavfi", "-i", "anoisesrc=d=20:r=16000", "-b:a", "64k", "late.m4a");
      const piped = memorySource(new Uint8Array(readFileSync(file)), { name: "-", pipe: true });
      const facts = { container: "m4a", encoding: "aac", sampleRate: 16_000, channels: 1 } as const;
      const { kind, text } = await failure(
        allSamples(ffmpegBlocks(piped, facts, await installed())),
      );
      expect(kind).toBe("audio");
      expect(text).toContain("save it to a file first");
      expect(piped.openPasses()).toBe(0);
    },
  );

  itWith("ffmpeg", "keeps its channels, and the level of each", async () => {
    const file = made("-i", SPEECH, "-af", "pan=stereo|c0=c0|c1=0.25*c0", "two.wv");
    const { facts, samples } = await decoded(await fileSource(file));
    expect(facts.channels).toBe(2);
    const [left = [], right = []] = samples;
    const power = (of: Iterable<number>) => [...of].reduce((sum, value) => sum + value * value, 0);
    expect(power(right) / power(left)).toBeCloseTo(0.0625, 3);
  });

  itWith("ffmpeg", "comes in blocks of a second at most", async () => {
    const file = made("-f", "lavfi", "-i", "sine=f=440:d=5:r=8000", "slow.aiff");
    const source = await fileSource(file);
    const tools = await installed();
    const { facts } = await openRecording(source, { tools });
    const counts: number[] = [];
    for await (const { channelData } of ffmpegBlocks(source, facts, tools)) {
      counts.push(channelData[0]?.length ?? 0);
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(8000);
    expect(counts.reduce((sum, count) => sum + count)).toBe(40_000);
  });

  itWith("ffmpeg", "is the track that the facts describe", async () => {
    const file = made(
      ...["-f", "lavfi", "-i", "anoisesrc=d=5.3:r=16000:a=0.3", "-i", SPEECH],
      ...["-map", "0", "-map", "1", "-disposition:a:0", "0", "-disposition:a:1", "default"],
      "two.mp4",
    );
    const { facts, samples } = await decoded(await fileSource(file));
    expect(facts.trackIndex).toBe(1);
    const [mono = new Float32Array(0)] = samples;
    expect(likeness(heard(SPEECH), mono).correlation).toBeGreaterThan(0.95);
  });

  for (const [codec, ending] of [
    ["aac", "mp4"],
    ["pcm_s16le", "mov"],
    ["aac", "mkv"],
  ] as const) {
    itWith("ffmpeg", `has its times although it sets in late: ${codec} in ${ending}`, async () => {
      const file = made(
        ...["-f", "lavfi", "-i", "testsrc=s=32x32:r=10:d=8", "-itsoffset", "1.5", "-i", SPEECH],
        ...["-map", "0", "-map", "1", "-c:a", codec, `late.${ending}`],
      );
      const [mono = new Float32Array(0)] = (await decoded(await fileSource(file))).samples;
      const { correlation, lagFrames } = likeness(heard(SPEECH), mono.subarray(24_000));
      expect(correlation).toBeGreaterThan(0.95);
      expect(Math.abs(lagFrames / 16)).toBeLessThan(70);
    });
  }
});

describe("a hole in the track", () => {
  itWith("ffmpeg", "is silence: what lies behind it keeps its time", async () => {
    const file = made(
      ...["-i", SPEECH, "-c:a", "aac", "-bsf:a", "noise=drop='between(n,30,60)'", "hole.mkv"],
    );
    const { samples, warnings } = await decoded(await fileSource(file));
    const [mono = new Float32Array(0)] = samples;
    expect(mono.subarray(34_000, 60_000).every((value) => Math.abs(value) < 0.001)).toBe(true);
    const behind = likeness(heard(SPEECH).subarray(66_000), mono.subarray(66_000));
    expect(behind.correlation).toBeGreaterThan(0.95);
    expect(Math.abs(behind.lagFrames / 16)).toBeLessThan(70);
    expect(warnings).toEqual([]);
  });

  itWith("ffmpeg", "of a day, which a damaged time makes, is not filled", async () => {
    const file = made(
      ...["-f", "lavfi", "-i", "testsrc=s=32x32:r=1:d=3", "-itsoffset", "100000", "-i", SPEECH],
      ...["-map", "0", "-map", "1", "-c:a", "aac", "far.mp4"],
    );
    const { warnings } = await decoded(await fileSource(file));
    expect(warnings.map(({ code }) => code)).toEqual(["audio-cut-short"]);
  });
});

describe("a file that is not whole", () => {
  itWith("ffmpeg", "gives what is there, with a warning", async () => {
    const file = path.join(folderOfTest(), "cut.avi");
    writeFileSync(file, compressedBytes("en-librivox-0890.avi").subarray(0, 20_000));
    const { samples, warnings } = await decoded(await fileSource(file));
    expect(samples[0]?.length).toBeGreaterThan(16_000);
    expect(warnings.map(({ code }) => code)).toEqual(["audio-cut-short"]);
  });

  itWith("ffmpeg", "is damaged in the middle: the rest is decoded, with a warning", async () => {
    const file = path.join(folderOfTest(), "hurt.m4a");
    const bytes = compressedBytes("en-librivox-0890.m4a");
    bytes.fill(0xff, 9000, 9600);
    writeFileSync(file, bytes);
    const { samples, warnings } = await decoded(await fileSource(file));
    expect(samples[0]?.length).toBeGreaterThan(70_000);
    expect(warnings.map(({ code }) => code)).toEqual(["audio-damaged"]);
    expect(warnings[0]?.message).toContain("hurt.m4a");
  });

  itWith("ffprobe", "is an error where nothing can be made of it", async () => {
    const file = path.join(folderOfTest(), "none.avi");
    writeFileSync(file, compressedBytes("en-librivox-0890.avi").subarray(0, 40));
    const { kind, text } = await failure(decoded(await fileSource(file)));
    expect(kind).toBe("audio");
    expect(text).toContain("it begins like an AVI video");
  });

  itWith("ffprobe", "is passed over in a folder where it has no sound", async () => {
    const file = made("-f", "lavfi", "-i", "testsrc=s=32x32:r=1:d=2", "silent.avi");
    await expect(decoded(await fileSource(file))).rejects.toMatchObject({
      kind: "audio",
      details: { notAudio: true },
    });
  });
});

describe("names and contents that mean more to ffmpeg", () => {
  itWith("ffmpeg", "are files and nothing else", async () => {
    const folder = folderOfTest();
    for (const name of ["-i.caf", "concat:a|b.caf", "http:x.caf", "%03d.caf", "a b'\".caf"]) {
      const file = path.join(folder, name);
      copyFileSync(compressedPath("en-librivox-0890.caf"), file);
      expect((await decoded(await fileSource(file))).samples[0]?.length).toBe(84_800);
    }
  });

  itWith("ffmpeg", "open no other file: a playlist behind a name and a magic number", async () => {
    const folder = folderOfTest();
    const secret = path.join(folder, "secret.wav");
    copyFileSync(SPEECH, secret);
    for (const head of ["ffconcat version 1.0\n", "#EXTM3U\n#EXTINF:1,\n"]) {
      const file = path.join(folder, "list.caf");
      writeFileSync(
        file,
        Buffer.concat([Buffer.from("caff\0\x01\0\0"), Buffer.from(`${head}file '${secret}'\n`)]),
      );
      expect((await failure(decoded(await fileSource(file)))).kind).toBe("audio");
    }
    expect(readFileSync(secret).length).toBeGreaterThan(0);
  });
});
