/** Files that are several end to end, and streams that are odd without being damaged. */
import { describe, expect, it } from "vitest";
import { openRecording } from "../../../src/audio/open.ts";
import { allSamples, failure, memorySource } from "../sources.ts";
import { compressedBytes } from "./fixtures.ts";
import { changedPages } from "./ogg-pages.ts";

async function decoded(name: string, bytes: Uint8Array) {
  const recording = await openRecording(memorySource(bytes, { name, cuts: [3000] }));
  const [samples = new Float32Array(0)] = await allSamples(recording.blocks());
  return { samples, codes: recording.warnings.map(({ code }) => code) };
}

const OPUS = "en-librivox-0890-opus.ogg";
const OGGS = [OPUS, "en-librivox-0890-vorbis.ogg"];

describe("a recording after another in one file", () => {
  it.each(OGGS)("%s: the second goes on where the first ends", async (name) => {
    const bytes = compressedBytes(name);
    const { samples: once } = await decoded(name, bytes);
    const { samples, codes } = await decoded(name, Buffer.concat([bytes, bytes]));
    expect(codes).toEqual([]);
    expect(samples.length).toBe(2 * once.length);
    expect(samples.subarray(0, once.length)).toEqual(once);
    expect(samples.subarray(once.length)).toEqual(once);
  });

  it("MP3: nothing of the second is lost", async () => {
    const name = "en-librivox-0890.mp3";
    const bytes = compressedBytes(name);
    const { samples: once } = await decoded(name, bytes);
    const { samples, codes } = await decoded(name, Buffer.concat([bytes, bytes]));
    expect(codes).toEqual([]);
    expect(samples.subarray(0, once.length)).toEqual(once);
    const lateFrames = samples.length - 2 * once.length;
    // The encoder's delay of the second one is sound to a decoder that goes on.
    expect(lateFrames).toBeGreaterThanOrEqual(0);
    expect(lateFrames).toBeLessThan(3000);
  });

  it("MP3 of another sample rate: an error says where it changes", async () => {
    const name = "en-librivox-0890.mp3";
    // MPEG 1, layer III, 128 kbit/s, 44.1 kHz, mono: 417 bytes, all zeros behind the header.
    const silence = Buffer.alloc(417);
    silence.set([0xff, 0xfb, 0x90, 0xc4]);
    const others = Array.from({ length: 400 }, () => silence);
    const bytes = Buffer.concat([compressedBytes(name), ...others]);
    const { kind, text } = await failure(decoded(name, bytes));
    expect(kind).toBe("audio");
    expect(text).toMatch(/changes on the way/);
    expect(text).toMatch(/16000 Hz.*44100 Hz/);
  });
});

describe("an Ogg file", () => {
  it.each(OGGS)("%s without the mark of its end is whole all the same", async (name) => {
    const bytes = changedPages(compressedBytes(name), (page) => {
      page[5] = (page[5] ?? 0) & ~4;
    });
    const { samples, codes } = await decoded(name, bytes);
    expect(codes).toEqual([]);
    const { samples: whole } = await decoded(name, compressedBytes(name));
    expect(samples.length).toBeGreaterThanOrEqual(whole.length);
    expect(samples.subarray(0, whole.length)).toEqual(whole);
  });

  it.each(OGGS)("%s that ends inside a page is cut short", async (name) => {
    const { codes } = await decoded(name, compressedBytes(name).slice(0, -20));
    expect(codes).toEqual(["audio-cut-short"]);
  });

  it("with an output gain is as loud as its head says", async () => {
    const halved = changedPages(compressedBytes(OPUS), (page, index) => {
      // -6.0206 dB in steps of 1/256 dB (RFC 7845, 5.1), behind a page's 28 bytes.
      if (index === 0) page.writeInt16LE(-1541, 28 + 16);
    });
    const { samples } = await decoded(OPUS, halved);
    const { samples: whole } = await decoded(OPUS, compressedBytes(OPUS));
    const loudest = whole.reduce((most, sample, at) => {
      return Math.abs(sample) > Math.abs(whole[most] ?? 0) ? at : most;
    }, 0);
    expect((samples[loudest] ?? 0) / (whole[loudest] ?? 1)).toBeCloseTo(0.5, 3);
  });
});

describe("a fault of the AMR decoder", () => {
  it("costs its own file, and not the next", async () => {
    const name = "en-librivox-0890.amr";
    const { samples: whole } = await decoded(name, compressedBytes(name));
    const library = await import("@audio/decode-amr");
    const shared = (await library.decoder()) as unknown as { m: Record<string, unknown> };
    const decodeFrame = "_amr_nb_decode";
    const { [decodeFrame]: original } = shared.m;
    shared.m[decodeFrame] = () => {
      throw new Error("memory access out of bounds");
    };
    const { kind } = await failure(decoded(name, compressedBytes(name)));
    expect(kind).toBe("audio");
    const { samples } = await decoded(name, compressedBytes(name));
    shared.m[decodeFrame] = original;
    expect(samples).toEqual(whole);
  });
});
