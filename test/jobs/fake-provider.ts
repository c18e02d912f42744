/** A provider that hears nothing but how much audio it got, and a world for it. */
import { tmpdir } from "node:os";
import { z } from "zod";
import { loadSpeechModel } from "../../src/audio/voice/model.ts";
import type { PlanWishes } from "../../src/jobs/plan.ts";
import type { Workplace } from "../../src/jobs/recognise.ts";
import { PLAIN_SETTINGS, type Provider } from "../../src/providers/contract.ts";

export const SETTINGS = PLAIN_SETTINGS;

/** Where a job may write, with ears of its own. */
export function workplace(changes: Partial<Workplace> = {}): Workplace {
  return {
    temporaryFolder: tmpdir(),
    onExit: () => () => {},
    speechModel: () => loadSpeechModel("energy"),
    onStage: () => {},
    ...changes,
  };
}

/** What a user wishes who wishes nothing. */
export const WISHES: PlanWishes = {
  channels: "mix",
  split: "silence",
  skipSilence: false,
  speakers: false,
};

export function fakeProvider(changes: Partial<Provider> = {}): Provider {
  return {
    id: "fake",
    vendor: "fake",
    title: "Fake",
    documentation: "https://example.com",
    credentials: [],
    capabilities: {
      accepts: [{ container: "pcm", encodings: ["s16le"], sampleRates: [16_000], maxChannels: 1 }],
      limits: { maxConcurrency: 4 },
      gives: {
        partials: false,
        segmentTimes: true,
        wordTimes: false,
        speakers: false,
        channels: false,
        hotwords: false,
      },
      languages: ["auto"],
      models: ["one"],
      remote: false,
    },
    parameters: z.strictObject({}),
    host: () => undefined,
    checks: [],
    resolve: () => ({ model: "one", warnings: [] }),
    prepare: async () => {},
    async *recognize({ audio }) {
      let sizeBytes = 0;
      for await (const chunk of audio.open()) sizeBytes += chunk.length;
      const text = `${sizeBytes} bytes`;
      yield { type: "final", segment: { text, startMs: 0, endMs: sizeBytes / 32 } };
      yield { type: "progress", audioMs: sizeBytes / 32 };
    },
    ...changes,
  };
}
