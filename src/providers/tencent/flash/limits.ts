/** Limits of Tencent flash (document, 2). */
export const FLASH_LIMITS = {
  /** "100 MB", taken as the smaller of its readings. */
  maxBytes: 100_000_000,
  maxDurationMs: 2 * 60 * 60 * 1000,
  maxConcurrency: 20,
} as const;

/** Requests at once to large-model engines (newer document). */
export const LARGE_MODEL_CONCURRENCY = 5;
