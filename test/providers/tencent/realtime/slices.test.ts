import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AudioInput } from "../../../../src/providers/contract.ts";
import { audioUnits } from "../../../../src/providers/tencent/realtime/audio-units.ts";
import { ByteReader } from "../../../../src/providers/tencent/realtime/byte-reader.ts";
import { type Slice, slices } from "../../../../src/providers/tencent/realtime/slices.ts";
import { inputOf, oggSpeexFile, samples, silkFile, wavFile } from "../audio.ts";

async function cut(input: AudioInput, sliceMs: number, maxBytes = 200_000): Promise<Slice[]> {
  const reader = new ByteReader(input.open());
  const list: Slice[] = [];
  for await (const slice of slices(audioUnits(reader, input), sliceMs, maxBytes)) {
    list.push({ ...slice, bytes: slice.bytes.slice() });
  }
  return list;
}

const whole = (list: readonly Slice[]) => Buffer.concat(list.map(({ bytes }) => bytes));
const lasts = (list: readonly Slice[]) => list.map(({ isLast }) => isLast);

describe("slices of PCM", () => {
  it("are as long as asked, the last one whatever is left, and only that is the last", async () => {
    const list = await cut(inputOf(samples(450)), 200);
    expect(list.map(({ bytes, startMs, endMs }) => [bytes.length, startMs, endMs])).toEqual([
      [6400, 0, 200],
      [6400, 200, 400],
      [1600, 400, 450],
    ]);
    expect(lasts(list)).toEqual([false, false, true]);
  });

  it("end with a full last one where the audio is a multiple", async () => {
    const list = await cut(inputOf(samples(400, 8000), { sampleRate: 8000 }), 200);
    expect(list.map(({ bytes }) => bytes.length)).toEqual([3200, 3200]);
    expect(lasts(list)).toEqual([false, true]);
  });

  it("are none where there is no audio", async () => {
    expect(await cut(inputOf(Buffer.alloc(0)), 200)).toEqual([]);
    expect(await cut(inputOf(Buffer.alloc(1)), 200)).toEqual([]);
  });

  it("hold every sample once, in order, whatever pieces it comes in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40_000 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.constantFrom(20, 200, 1000),
        fc.constantFrom(8000, 16_000),
        async (sizeBytes, pieceBytes, sliceMs, sampleRate) => {
          const bytes = samples(1250).subarray(0, sizeBytes);
          const list = await cut(inputOf(bytes, { sampleRate }, pieceBytes), sliceMs);
          const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
          expect(whole(list).equals(even)).toBe(true);
          expect(list.filter(({ isLast }) => isLast)).toHaveLength(even.length === 0 ? 0 : 1);
          for (const slice of list) expect(slice.bytes.length % 2).toBe(0);
        },
      ),
    );
  });

  it("never hold more bytes than allowed", async () => {
    const list = await cut(inputOf(samples(2000)), 60_000, 10_000);
    expect(Math.max(...list.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(10_000);
    expect(whole(list).equals(samples(2000))).toBe(true);
  });

  it("leave as soon as the audio goes on, and not a whole slice later", async () => {
    const asked: number[] = [];
    const source = {
      ...inputOf(samples(0)),
      async *open() {
        for (let ms = 0; ms < 1000; ms += 20) {
          asked.push(ms);
          yield samples(20);
        }
      },
    };
    const units = audioUnits(new ByteReader(source.open()), source);
    const first = await slices(units, 200, 200_000).next();
    expect(first.value?.endMs).toBe(200);
    expect(asked.at(-1)).toBe(200);
  });
});

describe("slices of a WAV file", () => {
  it.each([
    ["plain", {}],
    ["with chunks around the samples", { before: 7777, after: 30 }],
    ["of a pipe, which knew no length", { dataBytes: 0xffff_ffff }],
    ["of a pipe that wrote none", { dataBytes: 0 }],
  ])("are its samples alone: %s", async (_, shape) => {
    const pcm = samples(500);
    const list = await cut(inputOf(wavFile(pcm, shape), { container: "wav" }, 100), 200);
    expect(whole(list).equals(pcm)).toBe(true);
  });

  it.each([
    ["no WAV", Buffer.from("RIFFxxxxAVI nothing")],
    ["cut before its samples", wavFile(samples(10)).subarray(0, 30)],
  ])("are refused for %s", async (_, bytes) => {
    await expect(cut(inputOf(bytes, { container: "wav" }), 200)).rejects.toMatchObject({
      kind: "audio",
    });
  });
});

describe("slices of SILK", () => {
  const shape = { container: "silk", encoding: "silk" } as const;

  it.each([
    [{ mark: true, end: true }],
    [{ mark: false, end: false }],
    [{ mark: false, end: true }],
  ])("are whole frames behind one header: %j", async (options) => {
    const bytes = silkFile(53, options);
    const list = await cut(inputOf(bytes, shape, 13), 200);
    expect(whole(list).equals(bytes)).toBe(true);
    expect(list.map(({ endMs }) => endMs)).toEqual([200, 400, 600, 800, 1000, 1060]);
    for (const [index, slice] of list.entries()) {
      let at = index === 0 ? (options.mark ? 10 : 9) : 0;
      const frames = Buffer.from(slice.bytes);
      while (at < frames.length) {
        const size = frames.readUInt16LE(at);
        at += 2 + (size === 0xffff ? 0 : size);
      }
      expect(at).toBe(frames.length);
    }
  });

  it("leave out a frame that is cut short, and are none for a header alone", async () => {
    const bytes = silkFile(20, { mark: false, end: false });
    const list = await cut(inputOf(bytes.subarray(0, -3), shape), 200);
    expect(list.at(-1)?.endMs).toBe(380);
    expect(await cut(inputOf(silkFile(0), shape), 200)).toEqual([]);
  });

  it("are refused where the signature is missing", async () => {
    await expect(cut(inputOf(Buffer.from("RIFF...."), shape), 200)).rejects.toMatchObject({
      kind: "audio",
    });
  });
});

describe("slices of Speex in Ogg", () => {
  const shape = { container: "ogg", encoding: "speex" } as const;

  it("are whole pages, timed by their granule positions", async () => {
    const bytes = oggSpeexFile(10, 1600);
    const list = await cut(inputOf(bytes, shape, 11), 200);
    expect(whole(list).equals(bytes)).toBe(true);
    expect(list.map(({ endMs }) => endMs)).toEqual([200, 400, 600, 800, 1000]);
    for (const { bytes: pages } of list) {
      expect(Buffer.from(pages).toString("latin1", 0, 4)).toBe("OggS");
    }
  });

  it("may be longer than asked where a page is", async () => {
    const list = await cut(inputOf(oggSpeexFile(3, 16_000), shape), 200);
    expect(list.map(({ endMs }) => endMs)).toEqual([1000, 2000, 3000]);
  });

  it("are none for headers alone, and refused for damaged pages", async () => {
    expect(await cut(inputOf(oggSpeexFile(0, 1), shape), 200)).toEqual([]);
    const damaged = Buffer.concat([oggSpeexFile(2, 1600), Buffer.alloc(30)]);
    await expect(cut(inputOf(damaged, shape), 200)).rejects.toMatchObject({ kind: "audio" });
  });
});
