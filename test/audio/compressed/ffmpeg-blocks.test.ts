import { describe, expect, it } from "vitest";
import { floatBlocks } from "../../../src/audio/compressed/ffmpeg/float-blocks.ts";
import { allSamples } from "../sources.ts";

const VALUES = Float32Array.from({ length: 600 }, (_, index) => Math.sin(index));
const BYTES = Buffer.from(VALUES.buffer);

async function* cutInto(sizeBytes: number, fromByte: number): AsyncGenerator<Uint8Array, string> {
  // Behind a byte more or less, as a pool of buffers hands them out.
  const pool = Buffer.concat([Buffer.alloc(fromByte), BYTES]);
  for (let at = fromByte; at < pool.length; at += sizeBytes) {
    yield pool.subarray(at, at + sizeBytes);
  }
  return "the end";
}

describe("interleaved floats", () => {
  it.each([1, 2, 3, 5])("of %i channels become blocks wherever they are cut", async (channels) => {
    for (const sizeBytes of [1, 3, 4, 7, 100, 1001, 2400]) {
      for (const fromByte of [0, 1, 2]) {
        const layout = { channels, sampleRate: 50 };
        const channelData = await allSamples(floatBlocks(cutInto(sizeBytes, fromByte), layout));
        const expected = channelData.map((_, channel) =>
          VALUES.filter((_value, index) => index % channels === channel),
        );
        expect(channelData).toHaveLength(channels);
        expect(channelData).toEqual(expected);
      }
    }
  });

  it("come in blocks of a second at most, and what stands behind them is handed on", async () => {
    const blocks = floatBlocks(cutInto(2400, 0), { channels: 2, sampleRate: 50 });
    const lengths: number[] = [];
    let next = await blocks.next();
    while (!next.done) {
      lengths.push(next.value.channelData[0]?.length ?? 0);
      next = await blocks.next();
    }
    expect(lengths).toEqual([50, 50, 50, 50, 50, 50]);
    expect(next.value).toBe("the end");
  });
});
