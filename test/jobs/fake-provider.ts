/** A provider that hears nothing but how much audio it got, and a world for it. */
import { z } from "zod";
import { PLAIN_SETTINGS, type Provider } from "../../src/providers/contract.ts";

export const SETTINGS = PLAIN_SETTINGS;

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
