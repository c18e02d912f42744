/** The local recogniser, live, with its real model. */
import { expect, it } from "vitest";
import { EnergyScorer } from "../../src/audio/voice/energy.ts";
import { LiveFeed } from "../../src/live/feed.ts";
import type { LiveJob } from "../../src/live/live-job.ts";
import { utteranceEvents } from "../../src/live/utterances.ts";
import { local } from "../../src/providers/local/index.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";
import { describeWithModel } from "../providers/local/installed.ts";
import {
  fixture,
  joined,
  SETTINGS,
  segmentsOf,
  silence,
  wordsOf,
} from "../providers/local/recordings.ts";
import { plainContext } from "../providers/plain-context.ts";
import { HandClock, settled } from "./utterance-world.ts";

const MS = 16;
const PIECE = 200 * MS;

describeWithModel("the local recogniser, live", () => {
  it("shows text while somebody speaks, and has it all in the end", async () => {
    const english = await fixture("en-jfk.wav");
    const chinese = await fixture("zh-ibm-1-16k.wav");
    const samples = joined(english, silence(1), chinese, silence(1));
    const shape = { sampleRate: 16_000, encoding: "f32le" } as const;
    const feed = new LiveFeed(shape, new EnergyScorer());
    const settings = { ...SETTINGS, live: true };
    /** Under way, or the last. */
    let run: Promise<void> | undefined;
    async function* recognize(...given: Parameters<typeof local.recognize>) {
      const over = Promise.withResolvers<void>();
      run = over.promise;
      try {
        yield* local.recognize(...given);
      } finally {
        over.resolve();
      }
    }
    const job: LiveJob = {
      name: "-",
      provider: { ...local, recognize },
      settings,
      resolution: local.resolve(settings),
      audio: (async function* () {})(),
      ...shape,
      speechModel: () => Promise.reject(new Error("nobody asks here")),
      ending: new AbortController().signal,
      lastWordsMs: 10_000,
      onLag: () => {},
    };
    const events: RecognitionEvent[] = [];
    const isShown = () => events.some(({ type }) => type === "partial");
    const speak = async () => {
      for (let at = 0; at < samples.length; at += PIECE) {
        await feed.push(new Uint8Array(samples.slice(at, at + PIECE).buffer), 0);
        await settled();
        // Nobody speaks on until something can be read.
        if (!isShown()) await run;
      }
      await feed.end();
    };
    const spoken = speak();
    const context = { ...plainContext(), clock: new HandClock(feed) };
    for await (const event of utteranceEvents(feed, job, context)) events.push(event);
    await spoken;
    const partial = events.find(({ type }) => type === "partial");
    expect(partial).toMatchObject({ segment: { text: expect.stringMatching(/^and so/i) } });
    // A phrase alone may be heard another way than with those around it.
    expect(wordsOf(events)).toMatch(
      /^and so my fellow americans ask(ed)? not what your country can do for you ask what you can do for your country .*认知计算技术/,
    );
    const heard = segmentsOf(events);
    expect(heard[0]?.startMs).toBeLessThan(1_000);
    expect(heard.at(-1)?.startMs).toBeGreaterThan((english.length + 16_000) / MS - 500);
  }, 120_000);
});
