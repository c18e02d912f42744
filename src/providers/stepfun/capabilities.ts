/** What the API takes, limits and gives (document; pricing page; FACTS of the vendor's users). */
import type { Capabilities } from "../contract.ts";
import { MODELS } from "./models.ts";

export const CAPABILITIES: Capabilities = {
  accepts: [
    // Headerless audio of any rate is documented; the example's is what recognisers work at.
    { container: "pcm", encodings: ["s16le"], sampleRates: [16_000], maxChannels: 1 },
    { container: "wav", encodings: ["s16le"] },
    { container: "mp3", encodings: ["mp3"] },
    { container: "ogg", encodings: ["opus", "vorbis"] },
    { container: "m4a", encodings: ["aac"] },
  ],
  limits: {
    // No limit of bytes or duration is documented; users: about 30 minutes a call.
    recommendedDurationMs: 30 * 60_000,
    // The lowest tier of the pricing page; later tiers allow 100 and more. Its 10 requests a
    // minute are left to 429.
    maxConcurrency: 5,
    // Users: some 400 ms between two calls keep clear of 429.
    maxRequestsPerSecond: 2,
  },
  gives: {
    partials: true,
    segmentTimes: true,
    wordTimes: false,
    speakers: false,
    channels: false,
    hotwords: {},
  },
  languages: ["auto", "*"],
  models: MODELS,
  remote: true,
};
