import { describe, expect, it } from "vitest";
import type { AudioFacts, Container, Recording } from "../../src/audio/types.ts";
import { AsrError } from "../../src/errors.ts";
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
  more: { readonly channelsApart?: boolean; readonly container?: Container } = {},
) {
  const { capabilities: usual } = fakeProvider();
  const gives = { ...usual.gives, channels: more.channelsApart ?? usual.gives.channels };
  const capabilities: Capabilities = { ...usual, accepts, gives };
  const { container } = more;
  const rate = sampleRate === undefined ? {} : { sampleRate };
  return planAudio(
    { facts: { ...MONO, ...facts }, warnings },
    capabilities,
    { model: "m", warnings: [], ...rate, ...(container === undefined ? {} : { container }) },
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

  it("sends the original bytes where the user only said in vain what they are", () => {
    const warnings = [{ code: "audio-raw-format-unused", message: "has a header" }];
    expect(plan({}, [PCM, WAV], "mix", undefined, warnings)).toEqual({ kind: "as-is" });
  });

  it("makes the container that the parameters want", () => {
    const pcm = { container: "pcm" } as const;
    expect(plan({}, [PCM, WAV], "mix", undefined, [], pcm)).toMatchObject({ kind: "convert" });
  });
});

describe("planAudio for compressed audio", () => {
  const MP3: AcceptedAudio = { container: "mp3", encodings: ["mp3"] };
  const OGG: AcceptedAudio = { container: "ogg", encodings: ["opus", "vorbis"], maxChannels: 1 };
  const SILK: AcceptedAudio = {
    container: "silk",
    encodings: ["silk"],
    sampleRates: [16_000],
    maxChannels: 1,
  };
  const mp3 = { container: "mp3", encoding: "mp3" } as const;
  const silk = { container: "silk", encoding: "silk" } as const;
  const opus = { container: "ogg", encoding: "opus", sampleRate: 48_000 } as const;
  const stereo = { ...mp3, channels: 2 };
  const apart = { channelsApart: true };

  it.each([
    ["of any rate", { ...mp3, sampleRate: 44_100 }],
    ["of another codec in a container", { ...opus, encoding: "vorbis" }],
    ["of a rate that is listed", silk],
  ] as const)("sends it as it is: %s", (_title, facts) => {
    expect(plan(facts, [PCM, MP3, OGG, SILK])).toEqual({ kind: "as-is" });
  });

  it.each(["first", "all"] as const)("sends stereo as it is with --channels %s", (mode) => {
    expect(plan(stereo, [PCM, MP3], mode, undefined, [], apart)).toEqual({ kind: "as-is" });
  });

  const MENDS = /--channels first or --channels all/;
  const FFMPEG = /ffmpeg -i IN -c:a pcm_s16le OUT\.wav/;

  it.each([
    [
      "a container that is not taken",
      () => plan(mp3, [PCM, OGG]),
      /pcm \(s16le\), ogg \(opus, vorb/,
    ],
    ["a codec that is not taken", () => plan({ ...opus, encoding: "speex" }, [PCM, OGG]), /opus/],
    ["a rate that is not listed", () => plan({ ...silk, sampleRate: 24_000 }, [SILK]), /16000 Hz/],
    ["a rate that the model lacks", () => plan(mp3, [PCM, MP3], "mix", 8000), /8000 Hz/],
    [
      "a container ruled out",
      () => plan(mp3, [PCM, MP3], "mix", 16_000, [], { container: "pcm" }),
      /takes pcm/,
    ],
    ["stereo to be mixed", () => plan(stereo, [PCM, MP3]), /one channel/],
    ["one channel of stereo", () => plan(stereo, [PCM, MP3], "first"), /one channel/],
    [
      "more channels than taken",
      () => plan({ ...opus, channels: 2 }, [OGG], "all", undefined, [], apart),
      /one/,
    ],
  ])("refuses, with the way to convert it: %s", (_title, planned, reason) => {
    const error = refusal(planned);
    expect(error.kind).toBe("audio");
    expect(error.details.reason).toMatch(reason);
    expect(error.details.hint).toMatch(FFMPEG);
    expect(error.details.hint).not.toMatch(MENDS);
  });

  it("names --channels where the provider takes stereo apart", () => {
    const error = refusal(() => plan(stereo, [PCM, MP3], "mix", undefined, [], apart));
    expect(error.details.hint).toMatch(MENDS);
    expect(error.details.hint).toMatch(FFMPEG);
  });
});

function refusal(planned: () => unknown): AsrError {
  try {
    planned();
  } catch (error) {
    if (error instanceof AsrError) return error;
  }
  throw new Error("nothing was refused");
}
