import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rewrap } from "../../../src/audio/compressed/rewrap.ts";
import { canRewrap } from "../../../src/audio/compressed/rewrap-table.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { fileSource } from "../../../src/audio/source.ts";
import type { AudioFacts, ByteSource, Container } from "../../../src/audio/types.ts";
import { AsrError } from "../../../src/errors.ts";
import { itWith } from "../../tools.ts";
import { generator } from "../build-wav.ts";
import { failure, memorySource } from "../sources.ts";
import { likeness } from "./alike.ts";
import { compressedBytes, compressedPath } from "./fixtures.ts";
import { folderOfTest, heard, made, SPEECH } from "./made-by-ffmpeg.ts";

/** The new file, put together from its pieces. */
async function rewrapped(source: ByteSource, container: Container): Promise<Uint8Array> {
  const { facts } = await openRecording(source);
  return joined(rewrap(source, facts, container));
}

async function joined(
  pieces: AsyncIterable<{ bytes: Uint8Array; offsetBytes: number }>,
): Promise<Uint8Array> {
  let whole = new Uint8Array(0);
  for await (const { bytes, offsetBytes } of pieces) {
    const end = offsetBytes + bytes.length;
    if (end > whole.length) {
      const longer = new Uint8Array(end);
      longer.set(whole);
      whole = longer;
    }
    whole.set(bytes, offsetBytes);
  }
  return whole;
}

describe("a coded track in a new container", () => {
  it.each<[string, Container, Partial<AudioFacts>]>([
    ["en-librivox-0890.mp4", "m4a", { container: "m4a", encoding: "aac", sampleRate: 16_000 }],
    ["en-librivox-0890.mp4", "aac", { container: "aac", encoding: "aac", sampleRate: 16_000 }],
    ["en-librivox-0890.m4a", "aac", { container: "aac", encoding: "aac", sampleRate: 16_000 }],
    ["en-librivox-0890.aac", "m4a", { container: "m4a", encoding: "aac", sampleRate: 16_000 }],
    ["en-librivox-0890.mkv", "ogg", { container: "ogg", encoding: "opus", sampleRate: 48_000 }],
    ["en-librivox-0890.webm", "ogg", { container: "ogg", encoding: "opus", sampleRate: 48_000 }],
  ])("has the facts of the old one: %s as %s", async (name, container, expected) => {
    const source = memorySource(compressedBytes(name));
    const bytes = await rewrapped(source, container);
    const { facts } = await openRecording(memorySource(bytes));
    expect(facts).toMatchObject({ ...expected, channels: 1 });
    expect(Math.abs((facts.durationMs ?? 0) - 5340)).toBeLessThan(60);
    expect(bytes.length).toBeLessThan(compressedBytes(name).length * 1.02);
    expect(source.openPasses()).toBe(0);
  });

  it("comes in pieces that keep the reader's pace, and can be left", async () => {
    const source = memorySource(compressedBytes("en-librivox-0890.mp4"));
    const { facts } = await openRecording(source);
    for await (const { bytes } of rewrap(source, facts, "aac")) {
      expect(bytes.length).toBeGreaterThan(0);
      break;
    }
    expect(source.openPasses()).toBe(0);
  });

  it("stops when it is told to", async () => {
    const source = memorySource(compressedBytes("en-librivox-0890.webm"));
    const { facts } = await openRecording(source);
    const reason = new Error("enough");
    const early = joined(rewrap(source, facts, "ogg", AbortSignal.abort(reason)));
    await expect(early).rejects.toBe(reason);
    const controller = new AbortController();
    const late = (async () => {
      const work = joined(rewrap(source, facts, "ogg", controller.signal));
      controller.abort(reason);
      await work;
    })();
    await expect(late).rejects.toBe(reason);
    expect(source.openPasses()).toBe(0);
  });

  it("fails with the source's own error where reading does", async () => {
    const whole = memorySource(compressedBytes("en-librivox-0890.mp4"));
    const { facts } = await openRecording(whole);
    const broken: ByteSource = {
      ...whole,
      openRanges: async (signal) => {
        const ranges = await whole.openRanges?.(signal);
        if (ranges === undefined) throw new Error("no ranges");
        return {
          close: () => ranges.close(),
          read: async () => {
            throw new AsrError("audio", "the disk failed");
          },
        };
      },
    };
    await expect(joined(rewrap(broken, facts, "m4a"))).rejects.toThrow("the disk failed");
    expect(whole.openPasses()).toBe(0);
  });

  it("of a damaged file is a file or an error about the audio", async () => {
    const name = "en-librivox-0890.webm";
    for (let seed = 1; seed <= 80; seed++) {
      const random = generator(seed);
      const bytes = compressedBytes(name).slice(0, Math.ceil(18_000 * (0.2 + random())));
      for (let count = 0; count < 6; count++) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      const source = memorySource(bytes, { name });
      await rewrapped(source, "ogg").catch((error: unknown) => {
        const isAudio = error instanceof AsrError && error.kind === "audio";
        const isNoWay = error instanceof TypeError && error.message.startsWith("no way from");
        expect(isAudio || isNoWay, `seed ${seed}: ${error}`).toBe(true);
      });
      expect(source.openPasses(), `seed ${seed}`).toBe(0);
    }
  });
});

describe("the sound in a new container", () => {
  for (const [name, container] of [
    ["en-librivox-0890.mp4", "m4a"],
    ["en-librivox-0890.mp4", "aac"],
    ["en-librivox-0890.aac", "m4a"],
    ["en-librivox-0890.mkv", "ogg"],
    ["en-librivox-0890.webm", "ogg"],
  ] as const) {
    itWith("ffmpeg", `is the old one's: ${name} as ${container}`, async () => {
      await expectSameSound(compressedPath(name), container);
    });
  }

  for (const [codec, ending, container] of [
    ["aac", "mkv", "m4a"],
    ["aac", "mkv", "aac"],
    ["libopus", "mp4", "ogg"],
    ["libvorbis", "mkv", "ogg"],
    ["libvorbis", "webm", "ogg"],
    ["libmp3lame", "mkv", "mp3"],
    ["libmp3lame", "mp4", "mp3"],
    ["flac", "mkv", "flac"],
    ["flac", "mp4", "flac"],
  ] as const) {
    itWith("ffmpeg", `is the old one's: ${codec} from ${ending} to ${container}`, async () => {
      await expectSameSound(
        made("-i", SPEECH, "-c:a", codec, "-strict", "-2", `old.${ending}`),
        container,
      );
    });
  }

  itWith("ffmpeg", "is that of the track that the facts describe", async () => {
    const file = made(
      ...["-f", "lavfi", "-i", "anoisesrc=d=5.3:r=16000:a=0.3", "-i", SPEECH],
      ...["-map", "0", "-map", "1", "-disposition:a:0", "0", "-disposition:a:1", "default"],
      "two.mp4",
    );
    const bytes = await rewrapped(await fileSource(file), "aac");
    const copy = path.join(folderOfTest(), "new.aac");
    writeFileSync(copy, bytes);
    expect(likeness(heard(SPEECH), heard(copy)).correlation).toBeGreaterThan(0.95);
  });

  itWith("ffmpeg", "has a hole nobody would hear: it is an error", async () => {
    const file = made(
      ...["-i", SPEECH, "-c:a", "aac", "-bsf:a", "noise=drop='between(n,30,60)'", "hole.mkv"],
    );
    const { kind, text } = await failure(rewrapped(await fileSource(file), "m4a"));
    expect(kind).toBe("audio");
    expect(text).toContain("nothing was recorded");
  });
});

/** The same samples up to a constant lag: what a codec puts in front, which some containers name. */
async function expectSameSound(file: string, container: Container): Promise<void> {
  const copy = path.join(folderOfTest(), `new.${container}`);
  writeFileSync(copy, await rewrapped(await fileSource(file), container));
  // At the rate of Opus: a lag of a part of a frame would look like a change.
  const [old, renewed] = [heard(file, 48_000), heard(copy, 48_000)];
  const { correlation, lagFrames } = likeness(old, renewed, 3500);
  expect(correlation).toBeGreaterThan(0.999);
  expect(Math.abs(lagFrames / 48)).toBeLessThanOrEqual(70);
  expect(Math.abs(renewed.length - old.length) / 48).toBeLessThanOrEqual(150);
}

describe("which ways there are", () => {
  const facts = (container: Container, encoding: AudioFacts["encoding"], startMs?: number) => ({
    container,
    encoding,
    sampleRate: 48_000,
    channels: 1,
    ...(startMs === undefined ? {} : { startMs }),
  });

  it("goes by the codec: none is coded anew", () => {
    expect(canRewrap(facts("mp4", "aac"), "m4a")).toBe(true);
    expect(canRewrap(facts("mp4", "aac"), "ogg")).toBe(false);
    expect(canRewrap(facts("webm", "opus"), "ogg")).toBe(true);
    expect(canRewrap(facts("webm", "opus"), "mp3")).toBe(false);
    expect(canRewrap(facts("m4a", "other"), "m4a")).toBe(false);
    expect(canRewrap(facts("wav", "s16le"), "flac")).toBe(false);
  });

  it("leaves out a track that sets in late: its times would be lost", () => {
    expect(canRewrap(facts("mp4", "aac", 1500), "m4a")).toBe(false);
    expect(canRewrap(facts("mp4", "aac", 20), "m4a")).toBe(true);
  });

  it("does not go where there is none", async () => {
    const source = memorySource(compressedBytes("en-librivox-0890.mp3"));
    const { facts: found } = await openRecording(source);
    await expect(joined(rewrap(source, found, "ogg"))).rejects.toThrow(TypeError);
  });
});
