import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openRecording } from "../../../src/audio/open.ts";
import { fileSource } from "../../../src/audio/source.ts";
import { itWith } from "../../tools.ts";
import { allBytes, failure, memorySource } from "../sources.ts";
import { COMPRESSED, COMPRESSED_NAMES, compressedBytes, compressedPath } from "./fixtures.ts";

/** What is in every file, and how much codecs add in front and behind. */
const SOUND_MS = 5300;
const PADDING_MS = 120;

describe.each(COMPRESSED_NAMES)("%s", (name) => {
  const bytes = compressedBytes(name);

  it("is recognised by content, with rate, channels and length", async () => {
    const { facts, warnings } = await openRecording(await fileSource(compressedPath(name)));
    const { durationMs = 0, ...others } = facts;
    expect(others).toEqual({ ...COMPRESSED[name], sizeBytes: bytes.length });
    expect(durationMs).toBeGreaterThan(SOUND_MS - 20);
    expect(durationMs).toBeLessThan(SOUND_MS + PADDING_MS);
    expect(warnings).toEqual([]);
  });

  it.each([[1], [77], [4096], [100_000]])(
    "is recognised in a pipe cut every %i bytes, of which nothing is lost",
    async (cut) => {
      const source = memorySource(bytes, { name: "-", pipe: true, cuts: [cut] });
      const recording = await openRecording(source);
      expect(recording.facts).toEqual(COMPRESSED[name]);
      expect(Buffer.compare(await allBytes(recording.bytes()), bytes)).toBe(0);
      expect(source.openPasses()).toBe(0);
    },
  );

  it("gives its bytes as often as wanted, and holds nothing open", async () => {
    const source = memorySource(bytes, { cuts: [1000] });
    const recording = await openRecording(source);
    for (let pass = 0; pass < 2; pass++) {
      expect(source.openPasses()).toBe(0);
      expect(Buffer.compare(await allBytes(recording.bytes()), bytes)).toBe(0);
    }
  });

  it("has no samples among its bytes, and the error says how to convert it", async () => {
    const recording = await openRecording(memorySource(bytes, { name }));
    const { kind, text } = await failure(allBytes(recording.samples()));
    expect(kind).toBe("audio");
    expect(text).toContain(`${name}: can't be decoded here`);
    expect(text).toContain("ffmpeg -i IN -c:a pcm_s16le OUT.wav");
  });

  it("stops when it is told to while the header is read", async () => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    const source = memorySource(bytes);
    await expect(openRecording(source, { signal })).rejects.toBe(reason);
    expect(source.openPasses()).toBe(0);
  });
});

describe("headers of our own reading", () => {
  it.each([
    ["narrow band", "#!AMR\n", [0x3c, ...zeros(31), 0x7c, 0x04, ...zeros(12)], 8000, 60],
    ["wide band", "#!AMR-WB\n", [0x04, ...zeros(17), 0x7c, 0x44, ...zeros(60)], 16_000, 60],
    ["narrow band, cut inside a frame", "#!AMR\n", [0x3c, ...zeros(31), 0x3c, 0, 0], 8000, 20],
    ["narrow band, garbage behind", "#!AMR\n", [0x3c, ...zeros(31), 0x64, 1, 2], 8000, 20],
  ])("AMR, %s: frames are counted", async (_title, magic, frames, sampleRate, durationMs) => {
    const { facts } = await openRecording(memorySource(joined(magic, frames)));
    expect(facts).toMatchObject({ container: "amr", encoding: "amr", sampleRate, durationMs });
  });

  it.each([
    ["multichannel", joined("#!AMR_MC1.0\n", [0, 0, 0, 2, 0x3c, ...zeros(31)])],
    ["without a frame", joined("#!AMR\n", [])],
    ["with a reserved frame type", joined("#!AMR\n", [0x64, ...zeros(31)])],
  ])("AMR %s is not read", async (_title, bytes) => {
    expect((await failure(openRecording(memorySource(bytes)))).kind).toBe("audio");
  });

  // First bytes of what the encoder made at each rate.
  it.each([
    [8000, [0x2a, 0x00, 0x31, 0xdd]],
    [12_000, [0x68, 0xb5, 0xb3, 0xa5]],
    [16_000, [0xa7, 0x35, 0xeb, 0x01]],
    [24_000, [0xe9, 0xe3, 0x67, 0x0a]],
    [24_000, [0xbb, 0x81, 0xe7, 0x90]],
  ])("SILK of %i Hz, with and without Tencent's mark and an end mark", async (sampleRate, head) => {
    const packet = [6, 0, ...head, 0, 0];
    for (const mark of ["", "\x02"]) {
      for (const end of [[], [0xff, 0xff]]) {
        const bytes = joined(`${mark}#!SILK_V3`, [0, 0, ...packet, ...packet, ...end]);
        const { facts } = await openRecording(memorySource(bytes));
        expect(facts).toMatchObject({ container: "silk", sampleRate, channels: 1, durationMs: 60 });
      }
    }
  });

  it.each([
    ["nothing", []],
    ["an end mark", [0xff, 0xff]],
    ["a packet larger than any", [0x00, 0xf0, 1, 2, 3]],
  ])("SILK with %s behind its signature is not read", async (_title, packets) => {
    const bytes = joined("#!SILK_V3", packets);
    expect((await failure(openRecording(memorySource(bytes)))).kind).toBe("audio");
  });

  it("finds ADTS behind an ID3 tag, and counts its frames", async () => {
    const tag = joined("ID3\x04\0\0\0\0\x01\x00", zeros(128));
    const tagged = new Uint8Array([...tag, ...compressedBytes("en-librivox-0890.aac")]);
    const { facts } = await openRecording(memorySource(tagged));
    expect(facts).toMatchObject({ container: "aac", encoding: "aac", durationMs: 5376 });
  });
});

describe("what the user says of headerless audio", () => {
  const raw = { sampleRate: 8000, channels: 1, encoding: "alaw" } as const;

  it("gives way to a signature, with a word", async () => {
    const source = memorySource(compressedBytes("en-librivox-0890.flac"));
    const { facts, warnings } = await openRecording(source, { raw });
    expect(facts.container).toBe("flac");
    expect(warnings.map(({ code }) => code)).toEqual(["audio-raw-format-unused"]);
    expect(warnings[0]?.message).toContain("mono 16 kHz flac");
  });

  it("goes before a mere frame header, which samples can look like", async () => {
    const source = memorySource(compressedBytes("en-librivox-0890.aac"));
    expect((await openRecording(source, { raw })).facts).toMatchObject({
      container: "pcm",
      ...raw,
    });
  });
});

describe("files that ffmpeg makes", () => {
  itWith("ffmpeg", "mp4 with pictures is no m4a", async () => {
    const file = made(
      "-f",
      "lavfi",
      "-i",
      "testsrc=s=32x32:r=1:d=2",
      "-f",
      "lavfi",
      "-i",
      TONE,
      "v.mp4",
    );
    expect((await openRecording(await fileSource(file))).facts).toMatchObject({
      container: "mp4",
      encoding: "aac",
      sampleRate: 44_100,
    });
  });

  itWith("ffmpeg", "a silent video is passed over in a folder", async () => {
    const file = made("-f", "lavfi", "-i", "testsrc=s=32x32:r=1:d=2", "silent.mp4");
    await expect(openRecording(await fileSource(file))).rejects.toMatchObject({
      kind: "audio",
      message: expect.stringContaining("has no sound in it"),
      details: { notAudio: true },
    });
  });

  itWith("ffmpeg", "a codec not known here has facts nevertheless", async () => {
    const file = made("-f", "lavfi", "-i", TONE, "-c:a", "alac", "lossless.m4a");
    const { facts } = await openRecording(await fileSource(file));
    expect(facts).toMatchObject({
      container: "m4a",
      encoding: "other",
      sampleRate: 44_100,
      channels: 1,
      durationMs: 2000,
    });
  });

  itWith("ffmpeg", "mp3 and opus in mp4 are told from files of their own", async () => {
    for (const [codec, encoding] of [
      ["libmp3lame", "mp3"],
      ["libopus", "opus"],
    ]) {
      const file = made("-f", "lavfi", "-i", TONE, "-c:a", codec ?? "", "packed.mp4");
      const { facts } = await openRecording(await fileSource(file));
      expect(facts).toMatchObject({ container: "m4a", encoding });
    }
  });

  itWith("ffmpeg", "sound that sets in later than the pictures says when", async () => {
    const file = made(
      ...["-f", "lavfi", "-i", "testsrc=s=32x32:r=10:d=4"],
      ...["-itsoffset", "1.5", "-f", "lavfi", "-i", TONE, "-map", "0", "-map", "1", "late.mkv"],
    );
    const { startMs = 0 } = (await openRecording(await fileSource(file))).facts;
    expect(Math.abs(startMs - 1500)).toBeLessThan(30);
  });

  itWith("ffmpeg", "of several tracks the one that a player would play is named", async () => {
    const file = made(
      ...[
        "-f",
        "lavfi",
        "-i",
        "anoisesrc=d=1",
        "-f",
        "lavfi",
        "-i",
        TONE,
        "-map",
        "0",
        "-map",
        "1",
      ],
      ...["-disposition:a:0", "0", "-disposition:a:1", "default", "two.mp4"],
    );
    expect((await openRecording(await fileSource(file))).facts.trackIndex).toBe(1);
  });

  itWith("ffmpeg", "m4a whose index is at its end comes by a pipe too", async () => {
    const file = made("-f", "lavfi", "-i", "anoisesrc=d=20:r=44100", "-b:a", "128k", "late.m4a");
    const whole = await openRecording(await fileSource(file));
    const bytes = await allBytes(whole.bytes());
    const piped = await openRecording(memorySource(bytes, { pipe: true, cuts: [4096] }));
    const { durationMs, sizeBytes, ...facts } = whole.facts;
    expect(durationMs).toBe(20_000);
    expect(sizeBytes).toBeGreaterThan(64 * 1024);
    expect(piped.facts).toEqual(facts);
    expect(Buffer.compare(await allBytes(piped.bytes()), bytes)).toBe(0);
  });
});

const TONE = "sine=f=440:d=2:r=44100";

/** Runs ffmpeg in a folder of its own; the last word names the file. */
function made(...words: string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-audio-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync("ffmpeg", ["-loglevel", "error", ...words], { cwd: folder });
  return path.join(folder, words.at(-1) ?? "");
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

function joined(ascii: string, bytes: readonly number[]): Uint8Array {
  return new Uint8Array([...Buffer.from(ascii, "latin1"), ...bytes]);
}
