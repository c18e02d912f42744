import { describe, expect, it } from "vitest";
import { joined } from "../../src/audio/joined.ts";
import { openRecording } from "../../src/audio/open.ts";
import type { Recording } from "../../src/audio/types.ts";
import { buildWav, noiseBytes, type WavSpec } from "./build-wav.ts";
import { allBytes, allSamples, memorySource } from "./sources.ts";

const SHAPE = { encoding: "s16le", channels: 2, sampleRate: 8000 } as const;
const first = noiseBytes("s16le", 2 * 1001, 1);
const second = noiseBytes("s16le", 2 * 401, 2);

function recordingOf(
  data: Uint8Array,
  shape: Partial<WavSpec> = {},
  pipe = false,
): Promise<Recording> {
  return openRecording(memorySource(buildWav({ ...SHAPE, ...shape, data }), { pipe, cuts: [99] }));
}

describe("recordings joined", () => {
  it("are one, of all their frames", async () => {
    const both = joined([await recordingOf(first), await recordingOf(second)]);
    const bytes = new Uint8Array([...first, ...second]);
    expect(await allBytes(both.samples())).toEqual(bytes);
    expect(await allBytes(both.bytes())).toEqual(bytes);
    expect(both.facts).toEqual({
      ...SHAPE,
      container: "pcm",
      frameCount: 1402,
      durationMs: 175,
      sizeBytes: bytes.length,
    });
    const [left] = await allSamples(both.blocks());
    expect(left).toHaveLength(1402);
    expect(both).toMatchObject({ name: "talk.wav", decoding: "plain", reopenable: true });
  });

  it("have no length where one has none, and are read once where one is a pipe", async () => {
    const pipe = await recordingOf(second, { saysBytes: 0xffffffff }, true);
    const both = joined([await recordingOf(first), pipe]);
    expect(both.facts).toEqual({ ...SHAPE, container: "pcm" });
    expect(both.reopenable).toBe(false);
    expect(both.stretch).toBeUndefined();
    expect(await allBytes(both.samples())).toHaveLength(first.length + second.length);
  });

  it.each([{ encoding: "s24le" }, { sampleRate: 16_000 }, { channels: 1 }] as const)(
    "of another shape are refused: %j",
    async (shape) => {
      const recordings = [await recordingOf(first), await recordingOf(second, shape)];
      expect(() => joined(recordings)).toThrow(RangeError);
    },
  );

  it("are at least one", () => {
    expect(() => joined([])).toThrow(RangeError);
  });

  it("that are compressed are refused", async () => {
    const recording = await recordingOf(first);
    const facts = { ...recording.facts, encoding: "mp3" } as const;
    expect(() => joined([{ ...recording, facts }])).toThrow(RangeError);
  });

  it("pass on what was odd about each", async () => {
    const cutShort = { saysBytes: first.length + 4000 };
    const recordings = [await recordingOf(first, cutShort), await recordingOf(second)];
    expect(joined(recordings).warnings.map(({ code }) => code)).toEqual(["audio-cut-short"]);
  });

  it("stop on abort, in the second as in the first", async () => {
    const both = joined([await recordingOf(first), await recordingOf(second)]);
    const controller = new AbortController();
    const reason = new Error("enough");
    let readBytes = 0;
    const work = (async () => {
      for await (const chunk of both.samples(controller.signal)) {
        readBytes += chunk.length;
        if (readBytes > first.length) controller.abort(reason);
      }
    })();
    await expect(work).rejects.toBe(reason);
  });
});
