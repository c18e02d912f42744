import { describe, expect, it } from "vitest";
import { firstChannel, mixChannels, pickChannel } from "../../src/audio/channels.ts";
import { allSamples, blocksOf } from "./sources.ts";

const left = Float32Array.of(1, -1, 0.5, 0.25, 0);
const right = Float32Array.of(1, -1, -0.5, 0.75, 1);
const third = Float32Array.of(1, -1, 0.75, 0.5, 0.5);

describe("several channels", () => {
  it("are mixed to their average, at full scale without clipping", async () => {
    const mixed = await allSamples(mixChannels(blocksOf([left, right], [2])));
    expect(mixed).toEqual([Float32Array.of(1, -1, 0, 0.5, 0.5)]);
    const three = await allSamples(mixChannels(blocksOf([left, right, third], [3])));
    expect(three).toEqual([Float32Array.of(1, -1, 0.25, 0.5, 0.5)]);
  });

  it("are not changed by being mixed", async () => {
    const channels = [left.slice(), right.slice()];
    const source = (async function* () {
      yield { channelData: channels };
    })();
    await allSamples(mixChannels(source));
    expect(channels).toEqual([left, right]);
  });

  it("give each of them alone", async () => {
    expect(await allSamples(firstChannel(blocksOf([left, right])))).toEqual([left]);
    expect(await allSamples(pickChannel(blocksOf([left, right, third]), 2))).toEqual([third]);
  });

  it("do not give one that is not there", async () => {
    await expect(allSamples(pickChannel(blocksOf([left]), 1))).rejects.toThrow(RangeError);
  });

  it("of one are handed on as they are", async () => {
    expect(await allSamples(mixChannels(blocksOf([left])))).toEqual([left]);
  });
});
