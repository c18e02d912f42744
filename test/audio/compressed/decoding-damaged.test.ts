import { describe, expect, it, vi } from "vitest";
import { openRecording } from "../../../src/audio/open.ts";
import { allSamples, failure, memorySource } from "../sources.ts";
import { compressedBytes } from "./fixtures.ts";

const NAMES = [
  "en-librivox-0890.mp3",
  "en-librivox-0890-opus.ogg",
  "en-librivox-0890-vorbis.ogg",
  "en-librivox-0890.flac",
  "en-librivox-0890.amr",
  "en-librivox-0890.silk",
];

async function decoded(name: string, bytes: Uint8Array) {
  const source = memorySource(bytes, { name, cuts: [3000] });
  const recording = await openRecording(source);
  const [samples] = await allSamples(recording.blocks());
  expect(source.openPasses()).toBe(0);
  const seconds = (samples?.length ?? 0) / recording.facts.sampleRate;
  return { seconds, codes: recording.warnings.map(({ code }) => code) };
}

/** A stretch in the middle overwritten by what no codec begins with. */
function scratched(name: string): Uint8Array {
  const bytes = compressedBytes(name);
  const middle = bytes.length >> 1;
  // A byte that is a frame nowhere: AMR takes it for padding that is not zero.
  return bytes.fill(0xa7, middle, middle + Math.round(bytes.length / 20));
}

describe("damage in the middle", () => {
  it.each(NAMES.filter((name) => !name.endsWith(".silk")))(
    "of %s is left out, and said once",
    async (name) => {
      const printed = vi.spyOn(console, "error");
      const { seconds, codes } = await decoded(name, scratched(name));
      expect(codes).toContain("audio-damaged");
      expect(new Set(codes).size).toBe(codes.length);
      expect(seconds).toBeGreaterThan(3);
      expect(seconds).toBeLessThan(5.35);
      expect(printed).not.toHaveBeenCalled();
    },
  );
});

describe("a file cut short", () => {
  it.each(NAMES)("%s gives what is there", async (name) => {
    const bytes = compressedBytes(name);
    const { seconds, codes } = await decoded(name, bytes.slice(0, Math.round(bytes.length * 0.7)));
    expect(codes).toContain("audio-cut-short");
    expect(seconds).toBeGreaterThan(2);
    expect(seconds).toBeLessThan(4.5);
  });
});

describe("nothing that can be decoded", () => {
  it("is an error about the audio, and the next file decodes", async () => {
    const name = "en-librivox-0890.flac";
    const bytes = compressedBytes(name);
    const headerBytes = 42;
    const recording = await openRecording(
      memorySource(bytes.fill(0x11, headerBytes + 4000), { name }),
    ).catch(() => undefined);
    if (recording !== undefined) {
      const outcome = await failure(allSamples(recording.blocks())).catch(() => undefined);
      if (outcome !== undefined) expect(outcome.kind).toBe("audio");
    }
    const { seconds } = await decoded(name, compressedBytes(name));
    expect(seconds).toBeCloseTo(5.3, 3);
  });

  it("says what to install where there is no decoder", async () => {
    const bytes = compressedBytes("en-librivox-0890.aac");
    const recording = await openRecording(memorySource(bytes, { name: "talk.aac" }));
    expect(recording.decoding).toBe("none");
    const { kind, text } = await failure(allSamples(recording.blocks()));
    expect(kind).toBe("usage");
    expect(text).toMatch(/talk\.aac/);
    expect(text).toMatch(/install ffmpeg/);
  });
});
