/** What both APIs take, limit and give (both documents; FACTS of the vendor's users). */
import type { Capabilities } from "../contract.ts";
import { LANGUAGES } from "./language.ts";
import { ENGINE } from "./parameters.ts";
import { ACCEPTED_AUDIO, BYTES_PER_MS, SLICE_BYTES, SLICE_MS } from "./pcm.ts";

/** "接口适合 60 秒以内音频识别" (Feishu document). */
export const FILE_MAX_MS = 60_000;

const SHARED = {
  accepts: [ACCEPTED_AUDIO],
  languages: LANGUAGES,
  models: [ENGINE],
  remote: true,
} as const;

const GIVES = {
  segmentTimes: "approximate",
  wordTimes: "approximate",
  speakers: false,
  channels: false,
  hotwords: false,
} as const;

export const FILE_CAPABILITIES: Capabilities = {
  ...SHARED,
  limits: {
    maxBytes: FILE_MAX_MS * BYTES_PER_MS,
    maxDurationMs: FILE_MAX_MS,
    // Only a rate is documented; more at once than may begin in a second would only queue there.
    maxConcurrency: 20,
    // "单租户限流：20QPS", shared by all apps of the tenant.
    maxRequestsPerSecond: 20,
  },
  gives: { ...GIVES, partials: false },
};

export const STREAM_CAPABILITIES: Capabilities = {
  ...SHARED,
  limits: {
    // "单租户限流：20 路": streams open at once, shared by all apps of the tenant.
    maxConcurrency: 20,
    // No length is documented: a stream that breaks is sent again whole, several go at once.
    recommendedDurationMs: 10 * 60_000,
    // "建议每个音频分片的大小为 100-200ms".
    slice: { recommendedMs: SLICE_MS, maxBytes: SLICE_BYTES, endsShort: true },
    // Text is final with the end of its stream alone: so each lasts about a sentence.
    session: { renewAfterMs: 4000, maxMs: 30_000 },
  },
  gives: { ...GIVES, partials: true },
};
