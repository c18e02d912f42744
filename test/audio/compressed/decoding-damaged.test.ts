import { describe, expect, it, vi } from "vitest";
import { openRecording } from "../../../src/audio/open.ts";
import { AsrError } from "../../../src/errors.ts";
import { generator } from "../build-wav.ts";
import { damaged } from "../damage/damage.ts";
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

/** Where the sound begins; before it everything stays as it was. */
const HEADS: Readonly<Record<string, number>> = {
  // The first frame, which says how many there are, is needed to recognise the file.
  "en-librivox-0890.mp3": 0,
  "en-librivox-0890.amr": 6,
  "en-librivox-0890.silk": 9,
};

/** A header, and behind it what is the beginning of nothing. */
function withoutSound(name: string): Uint8Array {
  const bytes = compressedBytes(name);
  return bytes.fill(0xa7, HEADS[name] ?? 400);
}

async function samplesOf(name: string, bytes: Uint8Array): Promise<Float32Array> {
  const recording = await openRecording(memorySource(bytes, { name, cuts: [3000] }));
  const [samples = new Float32Array(0)] = await allSamples(recording.blocks());
  return samples;
}

describe("nothing that can be decoded", () => {
  it.each(NAMES)("%s: is an error about the audio, and the next file decodes", async (name) => {
    const { length: wholeSamples } = await samplesOf(name, compressedBytes(name));
    const { kind, text } = await failure(samplesOf(name, withoutSound(name)));
    expect(kind).toBe("audio");
    expect(text).toContain(name);
    expect(await samplesOf(name, compressedBytes(name))).toHaveLength(wholeSamples);
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

describe("a damaged pipe that its library would look at for ever", () => {
  it("is an error about the audio", async () => {
    const name = "en-librivox-0890.mkv";
    // Among ten thousand such files the one that was not read to an end.
    const bytes = damaged(compressedBytes(name), 4015);
    const recording = await openRecording(memorySource(bytes, { name, pipe: true }));
    const { kind } = await failure(allSamples(recording.blocks()));
    expect(kind).toBe("audio");
  });
});

/** Behind what a header takes: opening is not what is tried here. */
const HEADER_BYTES = 400;
const CASES = Number(process.env.DAMAGED_CASES ?? 12);

/** Bytes changed, cut out and put in. */
function spoilt(whole: Uint8Array, seed: number): Uint8Array {
  const random = generator(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  let bytes = Buffer.from(whole);
  for (let count = 1 + upTo(6); count > 0; count--) {
    const at = HEADER_BYTES + upTo(bytes.length - HEADER_BYTES);
    const kind = upTo(4);
    if (kind === 0) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + upTo(300))]);
    else if (kind === 1)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(upTo(500), upTo(256)),
        bytes.subarray(at),
      ]);
    else
      for (let index = at; index < Math.min(bytes.length, at + upTo(200)); index++)
        bytes[index] = upTo(256);
  }
  return new Uint8Array(bytes);
}

describe("any damage behind the header", () => {
  it.each([...NAMES, "en-librivox-0890.webm"])(
    "of %s gives sound or an error about the audio",
    async (name) => {
      for (let seed = 1; seed <= CASES; seed++) {
        const source = memorySource(spoilt(compressedBytes(name), seed), {
          name,
          cuts: [1 + seed * 97],
        });
        try {
          const recording = await openRecording(source);
          for await (const { channelData } of recording.blocks()) {
            expect(channelData.length, `seed ${seed}`).toBe(recording.facts.channels);
            expect(channelData[0]?.length, `seed ${seed}`).toBeGreaterThan(0);
            expect(channelData[0]?.length).toBeLessThanOrEqual(recording.facts.sampleRate);
          }
        } catch (error) {
          expect(error, `seed ${seed}`).toBeInstanceOf(AsrError);
          expect((error as AsrError).kind, `seed ${seed}`).toBe("audio");
        }
        expect(source.openPasses(), `seed ${seed}`).toBe(0);
      }
    },
  );
});
