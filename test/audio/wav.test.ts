import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openRecording } from "../../src/audio/open.ts";
import { buildWav, noiseBytes, sampleBytes, WAV_ENCODINGS, type WavSpec } from "./build-wav.ts";
import { allBytes, allSamples, failure, memorySource } from "./sources.ts";

const FRAMES = 500;
const TEXT = new TextEncoder().encode("INFOISFT\x06\0\0\0Lavf59");
const ODD = new Uint8Array(7).fill(0x41);

/** Ways to write the same audio; each must read the same. */
const VARIANTS: Readonly<Record<string, Partial<WavSpec>>> = {
  plain: {},
  EXTENSIBLE: { extensible: true },
  RF64: { container: "RF64" },
  "RF64 with EXTENSIBLE": { container: "RF64", extensible: true },
  "RF64 from a pipe (ds64 of zeros)": { container: "RF64", ds64SaysBytes: 0n },
  BW64: { container: "BW64" },
  "LIST first": { before: [{ id: "LIST", body: TEXT }] },
  "odd chunk, padded": { before: [{ id: "bext", body: ODD }] },
  "odd chunk, pad byte forgotten": { before: [{ id: "junk", body: ODD, padded: false }] },
  "JUNK, fact and bext first": {
    before: ["JUNK", "fact", "bext"].map((id) => ({ id, body: TEXT })),
  },
  "chunks behind the samples": { after: [{ id: "LIST", body: TEXT }] },
  "block align and byte rate of nonsense": { blockAlign: 1, byteRate: 7 },
  "length 0": { saysBytes: 0 },
  "length 0x7FFFFFFF": { saysBytes: 0x7fffffff },
  "length 0x7FFFFFF0": { saysBytes: 0x7ffffff0 },
  "length 0x7FFFF000 (sox)": { saysBytes: 0x7ffff000 },
  "length 0x80000000 (arecord)": { saysBytes: 0x80000000 },
  "length 0xFFFFFFFF (ffmpeg)": { saysBytes: 0xffffffff },
};

const CHANNELS = [1, 2, 5];

function specOf(
  encoding: WavSpec["encoding"],
  channels: number,
  variant: Partial<WavSpec>,
): WavSpec {
  const data = noiseBytes(encoding, FRAMES * channels);
  return { encoding, channels, sampleRate: 8000, data, ...variant };
}

describe.each(WAV_ENCODINGS)("a WAV file with %s", (encoding) => {
  it.each(Object.entries(VARIANTS))("reads the same, written as %s", async (title, variant) => {
    const container = /^(?:RF64|BW64)/.test(title) ? "rf64" : "wav";
    for (const channels of CHANNELS) {
      const spec = specOf(encoding, channels, variant);
      for (const pipe of [false, true]) {
        const recording = await openRecording(memorySource(buildWav(spec), { pipe, cuts: [97] }));
        expect(recording.facts).toMatchObject({ container, encoding, channels });
        expect(recording.facts.sampleRate).toBe(8000);
        expect(await allBytes(recording.samples())).toEqual(spec.data);
        expect(recording.warnings).toEqual([]);
      }
    }
  });

  it("is used up to its end where the header promises more", async () => {
    const spec = specOf(encoding, 2, { saysBytes: 1_000_000 });
    for (const pipe of [false, true]) {
      const recording = await openRecording(memorySource(buildWav(spec), { pipe }));
      expect(await allBytes(recording.samples())).toEqual(spec.data);
      expect(recording.warnings.map((warning) => warning.code)).toEqual(["audio-cut-short"]);
    }
  });

  it("loses a broken last frame, with a warning", async () => {
    const spec = specOf(encoding, 3, {});
    const cut = buildWav({ ...spec, data: spec.data.subarray(0, -1), saysBytes: 0 });
    // The pad byte of an odd length would make the frame whole again.
    const bytes = cut.subarray(0, 44 + spec.data.length - 1);
    for (const pipe of [false, true]) {
      const recording = await openRecording(memorySource(bytes, { pipe, cuts: [50] }));
      const wholeBytes = (FRAMES - 1) * 3 * sampleBytes(encoding);
      expect(await allBytes(recording.samples())).toEqual(spec.data.subarray(0, wholeBytes));
      expect(recording.warnings.map((warning) => warning.code)).toEqual(["audio-broken-frame"]);
    }
  });

  it("gives the same samples however its bytes are cut", async () => {
    const variants = Object.values(VARIANTS);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: variants.length - 1 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (cuts, variant, channels, pipe) => {
          const bytes = buildWav(specOf(encoding, channels, variants[variant] ?? {}));
          const whole = await openRecording(memorySource(bytes));
          const pieces = await openRecording(memorySource(bytes, { cuts, pipe }));
          expect(await allSamples(pieces.blocks())).toEqual(await allSamples(whole.blocks()));
        },
      ),
      { numRuns: 20, seed: 7 },
    );
  });
});

describe("the length of a WAV file", () => {
  const spec = specOf("s16le", 1, {});

  it("is told from the header and the real size", async () => {
    const { facts } = await openRecording(memorySource(buildWav(spec)));
    expect(facts.durationMs).toBe(63); // 500 frames of 8 kHz: 62.5 ms
    expect(facts.sizeBytes).toBe(44 + 1000);
  });

  it("is told from the header of a pipe that knows it", async () => {
    const { facts } = await openRecording(memorySource(buildWav(spec), { pipe: true }));
    expect(facts.durationMs).toBe(63);
    expect(facts.sizeBytes).toBeUndefined();
  });

  it.each([0, 0x7fffffff, 0x80000000, 0xffffffff])(
    "is not told by a pipe that says %i",
    async (saysBytes) => {
      const bytes = buildWav({ ...spec, saysBytes });
      expect((await openRecording(memorySource(bytes, { pipe: true }))).facts).not.toHaveProperty(
        "durationMs",
      );
      expect((await openRecording(memorySource(bytes))).facts.durationMs).toBe(63);
    },
  );

  it("is what is really there where a file is cut short", async () => {
    const { facts } = await openRecording(memorySource(buildWav(spec).subarray(0, 44 + 800)));
    expect(facts.durationMs).toBe(50);
  });
});

describe("a WAV file of odd shape", () => {
  it.each([
    [4, "u8"],
    [12, "s16le"],
    [20, "s24le"],
    [25, "s32le"],
  ] as const)(
    "with %i bits is read in its container of whole bytes, %s",
    async (bits, encoding) => {
      const spec = specOf(encoding, 2, { bits, extensible: true });
      const recording = await openRecording(memorySource(buildWav(spec)));
      expect(recording.facts.encoding).toBe(encoding);
      expect(await allBytes(recording.samples())).toEqual(spec.data);
    },
  );

  it("with the byte order of RIFX is read as s16be", async () => {
    const bytes = Buffer.from(buildWav(specOf("s16le", 1, {})));
    bytes.write("RIFX", 0);
    for (const [offset, size] of [
      [4, 4],
      [16, 4],
      [20, 2],
      [22, 2],
      [24, 4],
      [28, 4],
      [32, 2],
      [34, 2],
      [40, 4],
    ] as const) {
      bytes.subarray(offset, offset + size).reverse();
    }
    const recording = await openRecording(memorySource(bytes));
    expect(recording.facts).toMatchObject({ encoding: "s16be", channels: 1, sampleRate: 8000 });
    expect(await allBytes(recording.samples())).toEqual(new Uint8Array(bytes.subarray(44)));
  });

  it("with a format chunk of 18 bytes is read like one of 16", async () => {
    const plain = Buffer.from(buildWav(specOf("mulaw", 1, {})));
    const longer = Buffer.concat([plain.subarray(0, 36), Buffer.alloc(2), plain.subarray(36)]);
    longer.writeUInt32LE(18, 16);
    const recording = await openRecording(memorySource(longer));
    expect(await allBytes(recording.samples())).toEqual(new Uint8Array(plain.subarray(44)));
  });

  it("is read at the bounds of rate and channels", async () => {
    const data = noiseBytes("u8", 4096);
    for (const [channels, sampleRate] of [
      [1024, 768_000],
      [1, 1],
    ] as const) {
      const bytes = buildWav({ encoding: "u8", channels, sampleRate, data });
      const recording = await openRecording(memorySource(bytes));
      expect(recording.facts).toMatchObject({ channels, sampleRate });
      const [first] = await allSamples(recording.blocks());
      expect(first).toHaveLength(4096 / channels);
    }
  });
});

describe("a WAV file that can't be used", () => {
  const sound = specOf("s16le", 2, { sampleRate: 44_100 });

  it.each([
    ["says nothing follows", buildWav({ ...sound, data: new Uint8Array(0) })],
    [
      "promises more than nothing",
      buildWav({ ...sound, data: new Uint8Array(0), saysBytes: 4000 }),
    ],
    [
      "is endless and empty",
      buildWav({ ...sound, data: new Uint8Array(0), saysBytes: 0xffffffff }),
    ],
    [
      "has only a LIST behind its length of 0",
      buildWav({ ...sound, data: new Uint8Array(0), after: [{ id: "LIST", body: TEXT }] }),
    ],
  ])("says what its header says when it %s", async (_title, bytes) => {
    for (const pipe of [false, true]) {
      const { kind, text } = await failure(openRecording(memorySource(bytes, { pipe })));
      expect(kind).toBe("audio");
      expect(text).toContain("talk.wav: header says stereo 44.1 kHz s16le, 0 bytes of audio");
    }
  });

  it.each([4, 11, 12, 19, 20, 30, 36, 43])(
    "is named when its header ends after %i bytes",
    async (length) => {
      const { kind, text } = await failure(
        openRecording(memorySource(buildWav(sound).subarray(0, length))),
      );
      expect(kind).toBe("audio");
      expect(text).toMatch(/its WAV header is (?:cut short|damaged)/);
    },
  );

  it.each([
    [0x0002, "Microsoft ADPCM"],
    [0x0011, "IMA ADPCM"],
    [0x0031, "GSM 6.10"],
    [0x0055, "MP3"],
  ])("names the format of tag %i and how to get at it", async (tag, found) => {
    for (const extensible of [false, true]) {
      const { kind, text } = await failure(
        openRecording(memorySource(buildWav({ ...sound, tag, extensible }))),
      );
      expect(kind).toBe("usage");
      expect(text).toContain("can't be read without ffmpeg, which is not installed");
      expect(text).toContain(`it is a WAV file with ${found}`);
      expect(text).toContain("install ffmpeg");
    }
  });

  it("says of a format that nobody knows how to convert it", async () => {
    const bytes = buildWav({ ...sound, tag: 0x1234 });
    const { kind, text } = await failure(openRecording(memorySource(bytes)));
    expect(kind).toBe("audio");
    expect(text).toContain("format tag 0x1234");
    expect(text).toContain("ffmpeg -i IN");
  });

  it.each([
    [{ bits: 0 }, "integer samples of 0 bits"],
    [{ bits: 40 }, "integer samples of 40 bits"],
    [{ bits: 16, tag: 3 }, "floating-point samples of 16 bits"],
    [{ channels: 0 }, "0 channels"],
    [{ channels: 1025 }, "1025 channels"],
    [{ sampleRate: 0 }, "sample rate of 0 Hz"],
    [{ sampleRate: 768_001 }, "sample rate of 768001 Hz"],
  ])("says what is out of bounds: %o", async (change, found) => {
    const { kind, text } = await failure(
      openRecording(memorySource(buildWav({ ...sound, ...change }))),
    );
    expect(kind).toBe("audio");
    expect(text).toContain(found);
  });

  it("says so when samples come before their format", async () => {
    const bytes = Buffer.from(buildWav(sound));
    const swapped = Buffer.concat([
      bytes.subarray(0, 12),
      bytes.subarray(36),
      bytes.subarray(12, 36),
    ]);
    const { text } = await failure(openRecording(memorySource(swapped)));
    expect(text).toContain("samples come before their format");
  });

  it("does not wander through a file of zeros behind its first bytes", async () => {
    const bytes = new Uint8Array(1_000_000);
    bytes.set(new TextEncoder().encode("RIFF\0\0\0\0WAVE"));
    const source = memorySource(bytes, { cuts: [4096] });
    expect((await failure(openRecording(source))).kind).toBe("audio");
    expect(source.readBytes()).toBeLessThanOrEqual(4096);
  });

  it("keeps no more than 16 MiB of a pipe's header", async () => {
    const junk = { id: "JUNK", body: new Uint8Array(17 * 1024 * 1024) };
    const bytes = buildWav({ ...sound, before: [junk] });
    const { kind, text } = await failure(
      openRecording(memorySource(bytes, { pipe: true, cuts: [65536] })),
    );
    expect(kind).toBe("audio");
    expect(text).toContain("16 MiB");
    const recording = await openRecording(memorySource(bytes));
    expect(recording.facts.durationMs).toBe(11);
  });
});
