import { describe, expect, it } from "vitest";
import type { AudioFacts } from "../../src/audio/types.ts";
import { type EstimateQuestion, estimate, totalOf } from "../../src/jobs/estimate.ts";
import type { AudioPart } from "../../src/jobs/parts/part.ts";
import type { AudioPlan, ConvertPlan } from "../../src/jobs/plan.ts";
import { PLAIN_SETTINGS, type Provider } from "../../src/providers/contract.ts";
import { loadProvider } from "../../src/providers/registry.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An hour of 44.1 kHz stereo in a container of ten million bytes. */
const FACTS: AudioFacts & { readonly durationMs: number } = {
  container: "m4a",
  encoding: "aac",
  sampleRate: 44_100,
  channels: 2,
  durationMs: HOUR,
  sizeBytes: 10_000_000,
};

const AS_IS: AudioPlan = { kind: "as-is", warnings: [] };
const CONVERT: ConvertPlan = {
  kind: "convert",
  container: "pcm",
  encoding: "s16le",
  sampleRate: 16_000,
  requests: ["mix"],
  warnings: [],
};
const CUT: ConvertPlan = { ...CONVERT, parts: { maxMs: MINUTE, skipSilence: false } };

function capabilitiesOf(changes: Partial<Provider["capabilities"]["limits"]> = {}) {
  const gives = {
    partials: false,
    segmentTimes: true,
    wordTimes: false,
    speakers: false,
    channels: true,
    hotwords: false,
  } as const;
  return { limits: { maxConcurrency: 4, ...changes }, gives, remote: true };
}

function question(changes: Partial<EstimateQuestion>): EstimateQuestion {
  return { facts: FACTS, plan: AS_IS, channels: "mix", capabilities: capabilitiesOf(), ...changes };
}

/** Pieces given as "start-end" in seconds, several of a part joined by "+". */
function parts(...texts: string[]): AudioPart[] {
  return texts.map((text) => ({
    overlapMs: 0,
    pieces: text.split("+").map((piece) => {
      const [start = 0, end = 0] = piece.split("-").map(Number);
      return { startMs: start * 1000, endMs: end * 1000 };
    }),
  }));
}

describe("what a recording that goes out whole costs", () => {
  it("is its own bytes, once", () => {
    expect(estimate(question({ facts: { ...FACTS, channels: 1 } }))).toEqual({
      durationMs: HOUR,
      container: "m4a",
      encoding: "aac",
      plan: "as it is",
      requests: 1,
      starts: 1,
      bytes: 10_000_000,
      billedMs: HOUR,
      leastMs: 0,
    });
  });

  it("is billed for every channel that is recognised", () => {
    expect(estimate(question({ channels: "all" }))).toMatchObject({
      plan: "as it is, 2 channels, each on its own",
      requests: 1,
      billedMs: 2 * HOUR,
    });
    expect(estimate(question({ channels: "first" }))).toMatchObject({
      plan: "as it is, first channel",
      billedMs: HOUR,
    });
  });

  it("does not guess how large a track is before it has been taken out", () => {
    const facts = { ...FACTS, container: "mp4", channels: 1 } as const;
    const plan: AudioPlan = { kind: "rewrap", container: "m4a", warnings: [] };
    const made = estimate(question({ facts, plan }));
    expect(made).toMatchObject({ plan: "AAC track as m4a", requests: 1, billedMs: HOUR });
    expect(made.bytes).toBeUndefined();
  });

  it("is nothing on this machine", () => {
    const capabilities = { ...capabilitiesOf(), remote: false };
    expect(estimate(question({ capabilities }))).toMatchObject({ requests: 1, billedMs: 0 });
  });
});

describe("what a conversion costs", () => {
  it("is 32 bytes a millisecond at 16 kHz", () => {
    // 3600 s × 16000 × 2 bytes.
    expect(estimate(question({ plan: CONVERT }))).toMatchObject({
      plan: "16 kHz mono pcm",
      requests: 1,
      bytes: 115_200_000,
      billedMs: HOUR,
    });
  });

  it("is right to the sample where the frames are known", () => {
    // 44101 frames are 1000.02 ms and become 16000.36 → 16000 frames.
    const facts = { ...FACTS, durationMs: 1000, frameCount: 44_101 };
    expect(estimate(question({ facts, plan: CONVERT }))).toMatchObject({ bytes: 32_000 });
  });

  it("counts each channel on its own", () => {
    expect(estimate(question({ plan: { ...CONVERT, requests: [0, 1] } }))).toMatchObject({
      plan: "2 channels, each on its own",
      requests: 2,
      bytes: 230_400_000,
      billedMs: 2 * HOUR,
    });
    expect(estimate(question({ plan: { ...CONVERT, requests: [0] } }))).toMatchObject({
      plan: "first channel as 16 kHz mono pcm",
      billedMs: HOUR,
    });
  });

  it("sends nothing of an empty recording", () => {
    const facts = { ...FACTS, durationMs: 0, frameCount: 0 };
    expect(estimate(question({ facts, plan: CONVERT }))).toMatchObject({ requests: 0, bytes: 0 });
  });
});

describe("what parts cost", () => {
  const facts = { ...FACTS, durationMs: 150_000 };

  it("is a request a part, and what is sent twice is billed twice", () => {
    const [first, second] = parts("0-60", "58-115");
    const third = { ...parts("115-150")[0], pieces: [{ startMs: 115_000, endMs: 150_000 }] };
    const cut = [first, { ...second, overlapMs: 2000 }, third] as AudioPart[];
    // 60 + 57 + 35 s.
    expect(estimate(question({ facts, plan: CUT, parts: cut }))).toMatchObject({
      plan: "3 parts of 16 kHz mono pcm, cut at pauses where there are any",
      requests: 3,
      bytes: 152 * 32_000,
      billedMs: 152_000,
    });
  });

  it("leaves out the silence that is not sent", () => {
    const plan: ConvertPlan = { ...CONVERT, parts: { maxMs: MINUTE, skipSilence: true } };
    const cut = parts("0-20+30-50", "100-140");
    expect(estimate(question({ facts, plan, parts: cut }))).toMatchObject({
      plan: "2 parts of 16 kHz mono pcm, cut at pauses, without silence",
      billedMs: 80_000,
      bytes: 80 * 32_000,
    });
    expect(estimate(question({ facts, plan, parts: cut.slice(0, 1) }))).toMatchObject({
      plan: "16 kHz mono pcm, without silence",
      requests: 1,
    });
    expect(estimate(question({ facts, plan, parts: [] }))).toMatchObject({
      plan: "nothing: all of it is silence",
      requests: 0,
      bytes: 0,
      billedMs: 0,
    });
  });

  it("is multiplied by the channels", () => {
    const plan = { ...CUT, requests: [0, 1] };
    expect(estimate(question({ facts, plan, parts: parts("0-60", "60-150") }))).toMatchObject({
      plan: "2 parts, cut at pauses; 2 channels, each on its own",
      requests: 4,
      billedMs: 300_000,
    });
  });

  it("takes at least what the starts a second allow", () => {
    const cut = parts("0-50", "50-100", "100-150");
    const at = (maxRequestsPerSecond: number, own?: number) =>
      estimate(
        question({
          facts,
          plan: CUT,
          parts: cut,
          capabilities: capabilitiesOf({ maxRequestsPerSecond }),
          ...(own === undefined ? {} : { account: { maxRequestsPerSecond: own } }),
        }),
      ).leastMs;
    // The first at once, the others 500 ms apart.
    expect(at(2)).toBe(1000);
    expect(at(2, 0.5)).toBe(4000);
    expect(at(20, 3)).toBe(667);
  });
});

describe("the requests of a stream", () => {
  const ofStream = async (id: string, durationMs: number, parameters = {}) => {
    const provider = await loadProvider(id);
    const facts = { ...FACTS, channels: 1, sampleRate: 16_000, durationMs };
    const resolution = provider.resolve({ ...PLAIN_SETTINGS, parameters }, facts);
    const { capabilities } = provider;
    return estimate(question({ facts, plan: CONVERT, capabilities, resolution }));
  };

  it.each([
    // 200 ms a packet; the last is shorter than that, or empty, and never the first.
    ["feishu-stream", 0, 0],
    ["feishu-stream", 100, 2],
    ["feishu-stream", 200, 2],
    ["feishu-stream", 300, 2],
    ["feishu-stream", 400, 3],
    ["feishu-stream", 60_000, 301],
    ["lark-stream", 60_100, 301],
    // A second a slice, the last one says that it is the last.
    ["tencent-realtime", 1000, 1],
    ["tencent-realtime", 1001, 2],
    ["tencent-realtime", 60_000, 60],
  ])("of %s for %d ms are %d", async (id, durationMs, requests) => {
    const made = await ofStream(id, durationMs);
    expect(made.requests).toBe(requests);
    expect(made.starts).toBe(durationMs === 0 ? 0 : 1);
  });

  it("are as many as the asked slice makes, in whole units of 20 ms", async () => {
    // Slices of 40 ms, since 50 are no multiple.
    expect((await ofStream("tencent-realtime", 1000, { slice_ms: 50 })).requests).toBe(25);
  });
});

describe("the price", () => {
  const price = { perHour: 3.2, currency: "CNY" };

  it("is of what is billed", () => {
    const plan: ConvertPlan = { ...CONVERT, requests: [0, 1] };
    expect(estimate(question({ plan, price })).cost).toEqual({ amount: 6.4, currency: "CNY" });
  });

  it("adds up, as the starts of all inputs do", () => {
    const capabilities = capabilitiesOf({ maxRequestsPerSecond: 2 });
    const one = estimate(question({ plan: CONVERT, capabilities, price }));
    expect(totalOf([one, one, one], { capabilities, price })).toEqual({
      durationMs: 3 * HOUR,
      requests: 3,
      starts: 3,
      bytes: 3 * 115_200_000,
      billedMs: 3 * HOUR,
      leastMs: 1000,
      cost: { amount: expect.closeTo(9.6), currency: "CNY" },
    });
  });

  it("leaves the bytes open where one of the inputs does", () => {
    const { bytes: _, ...unknown } = estimate(question({}));
    expect(totalOf([estimate(question({})), unknown], question({})).bytes).toBeUndefined();
  });
});
