/** Providers without streams, live, against the strict doubles: all audio once, at the right place. */
import { describe, expect, it } from "vitest";
import { EnergyScorer } from "../../src/audio/voice/energy.ts";
import { LiveFeed } from "../../src/live/feed.ts";
import type { LiveJob } from "../../src/live/live-job.ts";
import { utteranceEvents } from "../../src/live/utterances.ts";
import type {
  Clock,
  Provider,
  ProviderContext,
  RecognitionSettings,
} from "../../src/providers/contract.ts";
import { feishuFile } from "../../src/providers/feishu/index.ts";
import { stepfun } from "../../src/providers/stepfun/index.ts";
import { tencentFlash } from "../../src/providers/tencent/flash/index.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";
import { open as openFeishu } from "../providers/feishu/open.ts";
import { open as openStepfun } from "../providers/stepfun/open.ts";
import { contextFor, openDouble } from "../providers/tencent/rig.ts";
import { finalsOf, ofType, settingsOf, warningCodesOf } from "../providers/vendor-world.ts";
import { hearNumbers, numbersIn } from "../vendors/ears/number-ear.ts";
import { type NumberedAudio, numberedWav } from "../vendors/ears/numbered-audio.ts";
import { BREATHLESS } from "../vendors/ears/tone-code.ts";
import type { VendorDouble } from "../vendors/server/double.ts";
import type { LateFault } from "../vendors/server/faults.ts";
import { HandClock } from "./utterance-world.ts";

/** A pause every seven seconds, and one stretch of a minute without any. */
const SECONDS = 100;
const TALK: NumberedAudio = {
  seconds: SECONDS,
  silent: (second) => (second < 30 || second > 90) && second % 7 === 0,
};
const SPOKEN_SECONDS = Array.from({ length: SECONDS }, (_, second) => second).filter(
  (second) => TALK.silent?.(second) !== true,
);

const SECOND_BYTES = 32_000;
const pcmOf = (audio: NumberedAudio) => numberedWav(audio).subarray(WAV_HEADER_BYTES);
const WAV_HEADER_BYTES = 44;

interface Live {
  readonly vendor: VendorDouble;
  readonly events: RecognitionEvent[];
  readonly error: unknown;
}

async function live(
  provider: Provider,
  vendor: VendorDouble,
  context: ProviderContext,
  { audio = TALK, ...changes }: Partial<RecognitionSettings> & { audio?: NumberedAudio } = {},
): Promise<Live> {
  const settings = settingsOf({ language: "zh", ...changes, live: true });
  const facts = { container: "pcm", encoding: "s16le", sampleRate: 16_000, channels: 1 } as const;
  const shape = { sampleRate: 16_000, encoding: "s16le" } as const;
  const feed = new LiveFeed(shape, new EnergyScorer());
  const job: LiveJob = {
    name: "-",
    provider,
    settings,
    resolution: provider.resolve(settings, facts),
    audio: (async function* () {})(),
    ...shape,
    speechModel: () => Promise.reject(new Error("nobody asks here")),
    ending: new AbortController().signal,
    lastWordsMs: 10_000,
    onLag: () => {},
  };
  const speak = async () => {
    const pcm = pcmOf(audio);
    for (let at = 0; at < pcm.length; at += SECOND_BYTES) {
      await feed.push(pcm.subarray(at, at + SECOND_BYTES), 0);
    }
    await feed.end();
  };
  const events: RecognitionEvent[] = [];
  let error: unknown;
  // Only the HTTP client's waits are over at once.
  const hand = new HandClock(feed);
  const clock: Clock = {
    now: () => context.clock.now(),
    sleep: (ms, signal) => hand.sleep(ms, signal),
  };
  const held = { ...context, clock };
  const spoken = speak();
  try {
    for await (const event of utteranceEvents(feed, job, held)) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  await spoken;
  return { vendor, events, error };
}

const VENDORS = {
  async "tencent-flash"(faults: readonly LateFault[] = []) {
    const vendor = await openDouble({ recognise: hearNumbers(), faults: plan(faults) });
    return live(tencentFlash, vendor, contextFor(vendor));
  },
  async "feishu-file"(faults: readonly LateFault[] = []) {
    const { vendor, world } = await openFeishu({ recognise: hearNumbers(), faults: plan(faults) });
    return live(feishuFile, vendor, world);
  },
  async stepfun(faults: readonly LateFault[] = []) {
    const { vendor, world } = await openStepfun({ recognise: hearNumbers(), faults: plan(faults) });
    return live(stepfun, vendor, world);
  },
};

/** Of the second request that carries audio and those after it. */
const plan = (faults: readonly LateFault[]) =>
  faults.map((fault, index) => ({ at: index + 2, fault }));

const heardIn = (events: readonly RecognitionEvent[]) =>
  finalsOf(events).flatMap(({ text }) => numbersIn(text));

describe.each(Object.entries(VENDORS))("%s", (_, recognise) => {
  it("hears every second once, in order and where it was spoken", async () => {
    const { vendor, events, error } = await recognise();
    expect(error).toBeUndefined();
    expect(heardIn(events)).toEqual(SPOKEN_SECONDS);
    for (const { text, startMs, endMs, approximate } of finalsOf(events)) {
      const numbers = numbersIn(text);
      const toleranceMs = approximate === true ? 1_000 : 50;
      expect(startMs).toBeGreaterThan((numbers[0] ?? 0) * 1_000 - toleranceMs);
      expect(endMs).toBeLessThan((numbers.at(-1) ?? 0) * 1_000 + 1_000 + toleranceMs);
    }
    expect(warningCodesOf(events)).toEqual([]);
    expect(vendor.violations).toEqual([]);
    expect(ofType(events, "progress").at(-1)?.audioMs).toBe(SECONDS * 1_000);
  });

  it("hears it all through gateways that fail now and then", async () => {
    const unavailable: LateFault = { kind: "status", status: 503 };
    const { events, error } = await recognise([unavailable]);
    expect(error).toBeUndefined();
    expect(heardIn(events)).toEqual(SPOKEN_SECONDS);
  });
});

describe("somebody who never pauses", () => {
  it("is cut where a number may be broken, but no sample is lost or sent twice", async () => {
    const { vendor, world } = await openFeishu({ keepAudio: true });
    const audio: NumberedAudio = { seconds: 70, layout: BREATHLESS };
    const { events } = await live(feishuFile, vendor, world, { audio });
    const sent = Buffer.concat(
      vendor.requests.flatMap(({ audio: heard }) =>
        heard?.bytes === undefined ? [] : [heard.bytes],
      ),
    );
    const spoken = pcmOf(audio);
    expect(sent.equals(spoken)).toBe(true);
    expect(vendor.requests.filter(({ audio: heard }) => heard !== undefined).length).toBe(3);
    expect(warningCodesOf(events)).toEqual([]);
  });
});
