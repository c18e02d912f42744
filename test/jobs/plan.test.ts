import { describe, expect, it } from "vitest";
import type { AudioFacts, Container, Recording } from "../../src/audio/types.ts";
import { AsrError } from "../../src/errors.ts";
import { type PlanWishes, planAudio } from "../../src/jobs/plan.ts";
import type { AcceptedAudio, Capabilities } from "../../src/providers/contract.ts";
import { fakeProvider, WISHES } from "./fake-provider.ts";

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

interface More extends Partial<PlanWishes> {
  readonly sampleRate?: number;
  readonly warnings?: Recording["warnings"];
  readonly channelsApart?: boolean;
  readonly container?: Container;
  readonly decoding?: Recording["decoding"];
  readonly limits?: Partial<Capabilities["limits"]>;
  readonly gives?: Partial<Capabilities["gives"]>;
  readonly remote?: boolean;
}

function plan(
  facts: Partial<AudioFacts>,
  accepts: readonly AcceptedAudio[],
  { sampleRate, warnings = [], container, decoding = "plain", ...more }: More = {},
) {
  const { capabilities: usual } = fakeProvider();
  const { channelsApart = usual.gives.channels, limits, gives, remote = true, ...wishes } = more;
  const capabilities: Capabilities = {
    ...usual,
    accepts,
    remote,
    limits: { ...usual.limits, ...limits },
    gives: { ...usual.gives, channels: channelsApart, ...gives },
  };
  const rate = sampleRate === undefined ? {} : { sampleRate };
  const whole = { ...MONO, ...facts };
  const rewrap = decoding === "plain" ? {} : { rewrap: nothing };
  return planAudio(
    { facts: whole, warnings, decoding, ...rewrap },
    capabilities,
    { model: "m", warnings: [], ...rate, ...(container === undefined ? {} : { container }) },
    { ...WISHES, ...wishes },
  );
}

async function* nothing(): AsyncGenerator<never> {}

const AS_IS = { kind: "as-is", warnings: [] };

describe("planAudio", () => {
  it("sends the original bytes where they are taken", () => {
    expect(plan({}, [PCM, WAV])).toEqual(AS_IS);
  });

  it("does not send a file on whose header is wrong", () => {
    const warnings = [{ code: "audio-cut-short", message: "cut short" }];
    expect(plan({}, [PCM, WAV], { warnings })).toMatchObject({ kind: "convert" });
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
    expect(plan({ sampleRate: 16_000 }, [PCM, WAV], { sampleRate: 8000 })).toMatchObject({
      kind: "convert",
      sampleRate: 8000,
    });
  });

  it.each([
    ["mix", ["mix"]],
    ["first", [0]],
    ["all", [0, 1]],
  ] as const)("makes of stereo with --channels %s the requests %j", (mode, requests) => {
    expect(plan({ channels: 2 }, [PCM, WAV], { channels: mode })).toMatchObject({ requests });
  });

  it("says what is taken where nothing we can make is", () => {
    const mp3Only = { container: "wav", encodings: ["mulaw"] } as const;
    expect(() => plan({}, [mp3Only])).toThrow(expect.objectContaining({ kind: "audio" }));
  });

  it("sends the original bytes where the user only said in vain what they are", () => {
    const warnings = [{ code: "audio-raw-format-unused", message: "has a header" }];
    expect(plan({}, [PCM, WAV], { warnings })).toEqual(AS_IS);
  });

  it("makes the container that the parameters want", () => {
    expect(plan({}, [PCM, WAV], { container: "pcm" })).toMatchObject({ kind: "convert" });
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
  const bundled = { decoding: "bundled" } as const;

  it.each([
    ["of any rate", { ...mp3, sampleRate: 44_100 }],
    ["of another codec in a container", { ...opus, encoding: "vorbis" }],
    ["of a rate that is listed", silk],
  ] as const)("sends it as it is: %s", (_title, facts) => {
    expect(plan(facts, [PCM, MP3, OGG, SILK], bundled)).toEqual(AS_IS);
    expect(plan(facts, [PCM, MP3, OGG, SILK], { decoding: "none" })).toEqual(AS_IS);
  });

  it.each(["first", "all"] as const)("sends stereo as it is with --channels %s", (channels) => {
    expect(plan(stereo, [PCM, MP3], { ...bundled, channels, channelsApart: true })).toEqual(AS_IS);
  });

  it("decodes stereo that is to be mixed, even where the provider takes it apart", () => {
    const planned = plan(stereo, [PCM, MP3], { ...bundled, channelsApart: true });
    expect(planned).toMatchObject({ kind: "convert", requests: ["mix"] });
  });

  it.each([
    ["webm/opus", { ...opus, container: "webm" }, "ogg"],
    ["webm/vorbis", { ...opus, container: "webm", encoding: "vorbis" }, "ogg"],
    ["a film with AAC", { container: "mp4", encoding: "aac" }, "m4a"],
    ["Matroska with MP3", { container: "mkv", encoding: "mp3" }, "mp3"],
  ] as const)("puts the track of %s into a container that is taken", (_title, facts, container) => {
    const M4A: AcceptedAudio = { container: "m4a", encodings: ["aac"] };
    const planned = plan(facts, [PCM, M4A, MP3, OGG], { decoding: "none" });
    expect(planned).toEqual({ kind: "rewrap", container, warnings: [] });
  });

  it("does not look at a film's size for its track", () => {
    const film = { container: "mp4", encoding: "aac", sizeBytes: 4e9, durationMs: 60_000 } as const;
    const M4A: AcceptedAudio = { container: "m4a", encodings: ["aac"] };
    const planned = plan(film, [PCM, M4A], { ...bundled, limits: { maxBytes: 1e8 } });
    expect(planned).toMatchObject({ kind: "rewrap" });
  });

  it.each([
    [
      "a container that is not taken",
      () => plan(mp3, [PCM, OGG], { decoding: "none" }),
      /pcm \(s16le\), ogg \(opus, vorb/,
    ],
    [
      "a rate that is not listed",
      () => plan({ ...silk, sampleRate: 24_000 }, [SILK, PCM], { decoding: "none" }),
      /listens at 16000 Hz, it has 24000 Hz/,
    ],
    [
      "a container ruled out",
      () => plan(mp3, [PCM, MP3], { decoding: "none", container: "pcm" }),
      /takes pcm/,
    ],
    [
      "stereo to be mixed",
      () => plan(stereo, [PCM, MP3], { decoding: "none", channelsApart: true }),
      /--channels first or --channels all send it as it is/,
    ],
    [
      "what is too long",
      () =>
        plan({ ...mp3, durationMs: 9e6 }, [MP3], {
          decoding: "none",
          limits: { maxDurationMs: 7.2e6 },
        }),
      /cut/,
    ],
  ])("asks for a decoder where there is none: %s", (_title, planned, reason) => {
    const error = refusal(planned);
    expect(error.exitCode).toBe(2);
    expect(error.details.reason).toMatch(reason);
    expect(error.details.hint).toMatch(/install ffmpeg/);
  });
});

describe("planAudio for long audio", () => {
  const HOUR = 3_600_000;
  const minute = { maxDurationMs: 60_000 };
  const long = { durationMs: HOUR };

  it("cuts what is longer than a request may be", () => {
    const planned = plan(long, [PCM], { limits: minute });
    expect(planned).toMatchObject({
      kind: "convert",
      parts: { maxMs: 60_000, skipSilence: false },
    });
  });

  it("cuts what has more bytes than a request may have", () => {
    const planned = plan(long, [PCM], { limits: { maxBytes: 32_000_000 } });
    expect(planned).toMatchObject({ parts: { maxMs: 1_000_000 } });
  });

  it("converts a large file whole where that makes it small enough", () => {
    const file = { sampleRate: 16_000, channels: 2, sizeBytes: 115_200_000, durationMs: 1_800_000 };
    const more = { channels: "all", channelsApart: true, limits: { maxBytes: 1e8 } } as const;
    const planned = plan(file, [PCM, WAV], more);
    expect(planned).toMatchObject({ kind: "convert", requests: [0, 1] });
    expect(planned).not.toHaveProperty("parts");
  });

  it("refuses what is too long where it must not be cut", () => {
    const error = refusal(() => plan(long, [PCM], { limits: minute, split: "never" }));
    expect(error.kind).toBe("audio");
    expect(error.details.hint).toMatch(/--split never/);
  });

  it("cuts by the provider's recommendation unless told otherwise", () => {
    const limits = { recommendedDurationMs: 1_800_000 };
    expect(plan(long, [PCM, WAV], { limits })).toMatchObject({ parts: { maxMs: 1_800_000 } });
    expect(plan(long, [PCM, WAV], { limits, split: "never" })).toEqual(AS_IS);
    expect(plan(long, [PCM], { limits, split: 600_000 })).toMatchObject({
      parts: { maxMs: 600_000 },
    });
  });

  it("keeps speakers together where nothing but a recommendation would part them", () => {
    const limits = { recommendedDurationMs: 1_800_000 };
    const apart = { limits, speakers: true, gives: { speakers: true } };
    expect(plan(long, [PCM, WAV], apart)).toEqual(AS_IS);
    expect(plan(long, [PCM], { ...apart, limits: minute })).toMatchObject({
      parts: { maxMs: 60_000 },
    });
  });

  it("makes shorter parts for times only where the provider gives none", () => {
    const untimed = { segmentTimes: "approximate" } as const;
    const wish = { segmentMs: 15_000 };
    expect(plan(long, [PCM], { ...wish, gives: untimed })).toMatchObject({
      parts: { maxMs: 15_000 },
    });
    expect(plan(long, [PCM], wish)).not.toHaveProperty("parts");
  });

  it("sends no original where silence is to be left out", () => {
    const planned = plan({ durationMs: 1000 }, [PCM, WAV], { skipSilence: true });
    expect(planned).toMatchObject({ kind: "convert", parts: { skipSilence: true } });
  });
});

describe("planAudio for an engine of another rate", () => {
  const codes = (facts: Partial<AudioFacts>, more: More) =>
    plan(facts, [PCM], more).warnings.map(({ code }) => code);

  it("warns of a telephone recording for a wide-band engine, and the other way round", () => {
    expect(codes({ sampleRate: 8000 }, { sampleRate: 16_000 })).toEqual(["engine-rate"]);
    expect(codes({ sampleRate: 44_100 }, { sampleRate: 8000 })).toEqual(["engine-rate"]);
  });

  it("does not warn where the rates fit, or nothing is paid", () => {
    expect(codes({ sampleRate: 44_100 }, { sampleRate: 16_000 })).toEqual([]);
    expect(codes({ sampleRate: 8000 }, { sampleRate: 8000 })).toEqual([]);
    expect(codes({ sampleRate: 8000 }, { sampleRate: 16_000, remote: false })).toEqual([]);
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
