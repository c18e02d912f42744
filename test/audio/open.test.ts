import { describe, expect, it } from "vitest";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";
import type { RawFormat } from "../../src/audio/types.ts";
import { AsrError } from "../../src/errors.ts";
import { buildWav, noiseBytes } from "./build-wav.ts";
import { allBytes, allSamples, failure, memorySource } from "./sources.ts";

const RAW: RawFormat = { sampleRate: 16_000, channels: 1, encoding: "s16le" };
const data = noiseBytes("s16le", 4000);
const wav = buildWav({ encoding: "s16le", channels: 2, sampleRate: 44_100, data });

describe("headerless audio", () => {
  it.each([false, true])("is what the user says it is (pipe: %s)", async (pipe) => {
    const recording = await openRecording(memorySource(data, { pipe, cuts: [333] }), { raw: RAW });
    expect(recording.facts).toEqual({
      container: "pcm",
      ...RAW,
      ...(pipe ? {} : { frameCount: 4000, durationMs: 250, sizeBytes: 8000 }),
    });
    expect(await allBytes(recording.samples())).toEqual(data);
    expect(recording.warnings).toEqual([]);
  });

  it("is real speech from the fixtures", async () => {
    const source = await fileSource("fixtures/audio/en-goforward-16k-s16le.raw");
    const recording = await openRecording(source, { raw: RAW });
    expect(recording.facts.durationMs).toBe(2786);
    const [samples = new Float32Array(0)] = await allSamples(recording.blocks());
    expect(Math.max(...samples.map(Math.abs))).toBeGreaterThan(0.05);
  });

  it("needs to be described, and the error says how", async () => {
    const { kind, text } = await failure(openRecording(memorySource(data, { name: "talk.bin" })));
    expect(kind).toBe("audio");
    expect(text).toContain("talk.bin: is not a recording that can be read here");
    expect(text).toContain("--rate, --encoding or --channel-count");
  });

  it("may begin like an MP3 frame or like text by chance", async () => {
    for (const head of [
      [0xff, 0xfb, 0x90, 0x64],
      [0x55, 0x55, 0x55, 0x55],
    ]) {
      const bytes = new Uint8Array(400).fill(0x55);
      bytes.set(head);
      const recording = await openRecording(memorySource(bytes), {
        raw: { ...RAW, encoding: "alaw" },
      });
      expect(await allBytes(recording.samples())).toEqual(bytes);
    }
  });

  it("loses a broken last frame, with a warning", async () => {
    const raw = { ...RAW, channels: 3 };
    const recording = await openRecording(memorySource(data, { pipe: true }), { raw });
    expect((await allBytes(recording.samples())).length).toBe(7998);
    expect(recording.warnings.map((warning) => warning.code)).toEqual(["audio-broken-frame"]);
  });

  it("of less than a frame is no audio", async () => {
    const { kind, text } = await failure(
      openRecording(memorySource(data.subarray(0, 1)), { raw: RAW }),
    );
    expect(kind).toBe("audio");
    expect(text).toContain("mono 16 kHz s16le, 1 bytes of audio");
  });
});

describe("a header", () => {
  it("wins over what the user said, who is told", async () => {
    const recording = await openRecording(memorySource(wav), { raw: RAW });
    expect(recording.facts).toMatchObject({ container: "wav", sampleRate: 44_100, channels: 2 });
    expect(recording.warnings).toEqual([
      {
        code: "audio-raw-format-unused",
        message: expect.stringContaining("stereo 44.1 kHz s16le"),
      },
    ]);
  });

  it("that says the same as the user is not worth a word", async () => {
    const raw = { sampleRate: 44_100, channels: 2, encoding: "s16le" } as const;
    expect((await openRecording(memorySource(wav), { raw })).warnings).toEqual([]);
  });
});

describe("an input that is something else", () => {
  it.each([
    ["page.wav", "<!DOCTYPE html><html>", "it is an HTML page", "fetch the audio again"],
    ["talk.mp3", "ID3\x03\0\0\0\0", "it begins like an MP3 file", "export it again"],
    ["talk.wav", "%PDF-1.7", "it is a PDF document", "name a recording"],
    ["notes", "go forward", "it is plain text", "name a recording"],
  ])("is named: %s", async (name, content, found, hint) => {
    const source = memorySource(new TextEncoder().encode(content), { name });
    const { kind, text } = await failure(openRecording(source));
    expect(kind).toBe("audio");
    expect(text).toContain(`${name}: is not a recording that can be read here`);
    expect(text).toContain(found);
    expect(text).toContain(hint);
  });

  it.each([
    ["%PDF-1.7", "it is a PDF document, not headerless audio"],
    ["fLaC\0\0\0\x22", "it begins like a FLAC file"],
    ["go forward ten meters\n", "it is plain text, not headerless audio"],
  ])("is not taken for headerless audio, whatever the user says", async (content, found) => {
    const source = memorySource(new TextEncoder().encode(content));
    expect((await failure(openRecording(source, { raw: RAW }))).text).toContain(found);
  });

  it.each([
    ["a FLAC file", "talk.flac", "fLaC\0\0\0\x22", false],
    ["a PDF document", "talk.wav", "%PDF-1.7", true],
    ["an empty recording", "talk.wav", "", false],
    ["an empty file of another name", "__init__.py", "", true],
  ])(
    "is passed over in a folder only if it is no audio: %s",
    async (_title, name, content, notAudio) => {
      const source = memorySource(new TextEncoder().encode(content), { name });
      const error = await openRecording(source).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AsrError);
      expect((error as AsrError).details.notAudio ?? false).toBe(notAudio);
    },
  );

  it("is closed again", async () => {
    for (const pipe of [false, true]) {
      const source = memorySource(new TextEncoder().encode("%PDF-1.7"), { pipe });
      await failure(openRecording(source));
      expect(source.openPasses()).toBe(0);
    }
  });
});

describe("the passes of a recording", () => {
  it.each([1, 44, 45, 511, 4096])(
    "of a pipe cut every %i bytes give the input whole",
    async (cut) => {
      const source = memorySource(wav, { pipe: true, cuts: [cut] });
      const recording = await openRecording(source);
      expect(await allBytes(recording.bytes())).toEqual(wav);
      expect(source.openPasses()).toBe(0);
    },
  );

  it("of a file can be repeated and hold nothing open between them", async () => {
    const source = memorySource(wav, { cuts: [1000] });
    const recording = await openRecording(source);
    expect(source.openPasses()).toBe(0);
    for (let pass = 0; pass < 2; pass++) {
      expect(await allBytes(recording.bytes())).toEqual(wav);
      expect(await allBytes(recording.samples())).toEqual(data);
    }
  });

  it("of a pipe can't be repeated", async () => {
    const recording = await openRecording(memorySource(wav, { pipe: true }));
    await allBytes(recording.samples());
    expect((await failure(allBytes(recording.samples()))).text).toContain("can be read only once");
    expect((await failure(allBytes(recording.bytes()))).text).toContain("can be read only once");
  });

  it("work when taken off the recording", async () => {
    const { bytes, samples, blocks } = await openRecording(memorySource(wav));
    expect(await allBytes(bytes())).toEqual(wav);
    expect(await allBytes(samples())).toEqual(data);
    expect(await allSamples(blocks())).toHaveLength(2);
  });

  it.each(["bytes", "samples", "blocks"] as const)(
    "stop on abort and close the input: %s",
    async (kind) => {
      for (const pipe of [false, true]) {
        const source = memorySource(wav, { pipe, cuts: [600] });
        const recording = await openRecording(source);
        const controller = new AbortController();
        const reason = new Error("enough");
        const work = (async () => {
          for await (const _ of recording[kind](controller.signal)) controller.abort(reason);
        })();
        await expect(work).rejects.toBe(reason);
        expect(source.openPasses()).toBe(0);
      }
    },
  );

  it.each(["bytes", "samples", "blocks"] as const)(
    "close the input when left early: %s",
    async (kind) => {
      for (const pipe of [false, true]) {
        const source = memorySource(wav, { pipe, cuts: [600] });
        const recording = await openRecording(source);
        for await (const _ of recording[kind]()) break;
        expect(source.openPasses()).toBe(0);
      }
    },
  );

  it("read a pipe on behind the samples, so that its writer does not fail", async () => {
    const spec = { encoding: "s16le", channels: 1, sampleRate: 8000, data } as const;
    const bytes = buildWav({ ...spec, after: [{ id: "LIST", body: data }] });
    const source = memorySource(bytes, { pipe: true, cuts: [1000] });
    const recording = await openRecording(source);
    expect(await allBytes(recording.samples())).toEqual(data);
    expect(source.readBytes()).toBe(bytes.length);
  });

  it("give blocks of at most a second, which the reader may keep", async () => {
    const long = noiseBytes("u8", 50_000);
    const bytes = buildWav({ encoding: "u8", channels: 1, sampleRate: 8000, data: long });
    const blocks: Float32Array[] = [];
    for await (const { channelData } of (await openRecording(memorySource(bytes))).blocks()) {
      blocks.push(...channelData);
    }
    expect(Math.max(...blocks.map((block) => block.length))).toBe(8000);
    const all = blocks.flatMap((block) => [...block]);
    expect(all).toEqual([...long].map((code) => (code - 128) / 128));
  });

  it("hear the signal while a pipe says nothing more", async () => {
    const controller = new AbortController();
    const quiet = {
      name: "-",
      reopenable: false,
      async *open(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
        yield wav.subarray(0, 1000);
        await new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          setImmediate(() => controller.abort(new Error("enough")));
        });
      },
    };
    const recording = await openRecording(quiet);
    await expect(allBytes(recording.samples(controller.signal))).rejects.toThrow("enough");
  });

  it("hear the signal while a header is awaited", async () => {
    const controller = new AbortController();
    const waiting = {
      name: "-",
      reopenable: false,
      async *open(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
        yield wav.subarray(0, 10);
        await new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          setImmediate(() => controller.abort(new Error("enough")));
        });
      },
    };
    await expect(openRecording(waiting, { signal: controller.signal })).rejects.toThrow("enough");
  });
});
