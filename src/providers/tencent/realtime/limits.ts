/** Limits of Tencent realtime over HTTP. */

/** "语音数据大小不超过 200k" (document, URL), taken as the smaller of its readings. */
export const MAX_SLICE_BYTES = 200_000;

/** The longest slice of 16-bit audio at 16 kHz that keeps to that. */
export const MAX_SLICE_MS = MAX_SLICE_BYTES / 32;
/** What PCM is divided into. */
export const MIN_SLICE_MS = 20;

/** Newer document. */
export const LIVE_SLICE_MS = 200;
export const MAX_GAP_MS = 6000;

/**
 * A live voice ends in a pause, long before anything of the vendor's wears out; the documents name
 * no longest voice. Where one breaks, so much at most may have to be sent again.
 */
export const LIVE_VOICE = { renewAfterMs: 5 * 60_000, maxMs: 10 * 60_000 };

/** For recordings: a fifth of the requests, and partial text often enough. */
export const RECORDING_SLICE_MS = 1000;

/** Audio beyond this needs `needvad=1` (newer document). */
export const MAX_PLAIN_MS = 60_000;

/** From here on `needvad=1` is the default: the vendor may measure a little more than we do. */
export const PLAIN_MS = 55_000;

/** A live voice with `needvad=0` has no text that stays before its end: it ends soon. */
export const LIVE_PLAIN_VOICE = { renewAfterMs: 4000, maxMs: 30_000 };

/** A guess, the number of flash: no document names one. Account limits go before it. */
export const MAX_CONCURRENCY = 20;

/** No length is documented: a voice that is lost is sent again whole, and several go at once. */
export const RECOMMENDED_MS = 10 * 60_000;

/** How often a lost voice is sent again from its start; `--retries` may want fewer. */
export const MAX_RESTARTS = 3;

/** How often it is where the vendor heard all of it, as far as is known, and the answer was lost. */
export const MAX_UNKNOWN_RESTARTS = 1;

/** How often one slice is sent again (official SDK). */
export const MAX_SLICE_REPEATS = 2;

/** Life of a signature; the document allows less than 90 days. */
export const SIGNATURE_SECONDS = 24 * 60 * 60;
