import { describe, expect, it } from "vitest";
import type { AudioFacts, Recording } from "../../src/audio/types.ts";
import { type ChannelMode, planAudio } from "../../src/jobs/plan.ts";
import type { AcceptedAudio, Capabilities } from "../../src/providers/contract.ts";
import { fakeProvider } from "./fake-provider.ts";

const MONO: AudioFacts = {
  container: "wav",
  encoding: "s16le",
  sampleRate: 16_000,
  channels: 1,
};

const PCM: AcceptedAudio = {
  container: "pcm",
  encodings: ["s16le"],
  sampleRates: [8000, 16_000],
  maxChannels: 1,
};
const WAV: AcceptedAudio = { container: "wav", encodings: ["s16le"], sampleRates: [16_000] };

function plan(
  facts: Partial<AudioFacts>,
  accepts: readonly AcceptedAudio[],
  mode: ChannelMode = "mix",
  sampleRate?: number,
  warnings: Recording["warnings"] = [],
) {
  const capabilities: Capabilities = { ...fakeProvider().capabilities, accepts };
  const rate = sampleRate === undefined ? {} : { sampleRate };
  return planAudio(
    { facts: { ...MONO, ...facts }, warnings },
    capabilities,
    { model: "m", warnings: [], ...rate },
    mode,
  );
}

describe("planAudio", () => {
  it("sends the original bytes where they are taken", () => {
    expect(plan({}, [PCM, WAV])).toEqual({ kind: "as-is" });
  });

  it("does not send a file on whose header is wrong", () => {
    const warnings = [{ code: "audio-cut-short", message: "cut short" }];
    expect(plan({}, [PCM, WAV], "mix", undefined, warnings)).toMatchObject({ kind: "convert" });
  });

  it("takes the header off where only the samples are taken", () => {
    expect(plan({}, [PCM])).toMatchObject({
      kind: "convert",
      container: "pcm",
      sampleRate: 16_000,
    });
  });

  it.each([
    [44_100, 16_000],
    [11_025, 16_000],
    [8000, 8000],
  ])("converts %d Hz to %d Hz: up to the next rate, or down to the highest", (from, to) => {
    expect(plan({ sampleRate: from }, [PCM])).toMatchObject({ sampleRate: to });
  });

  it("converts to the rate that the model wants", () => {
    expect(plan({ sampleRate: 16_000 }, [PCM, WAV], "mix", 8000)).toMatchObject({
      kind: "convert",
      sampleRate: 8000,
    });
  });

  it.each([
    ["mix", ["mix"]],
    ["first", [0]],
    ["all", [0, 1]],
  ] as const)("makes of stereo with --channels %s the requests %j", (mode, requests) => {
    expect(plan({ channels: 2 }, [PCM, WAV], mode)).toMatchObject({ requests });
  });

  it("says what is taken where nothing we can make is", () => {
    const mp3Only = { container: "wav", encodings: ["mulaw"] } as const;
    expect(() => plan({}, [mp3Only])).toThrow(expect.objectContaining({ kind: "audio" }));
  });
});
