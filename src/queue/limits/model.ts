/**
 * What Redis keeps of one limit of one vendor account. Every time is in milliseconds of the server's
 * clock, which is kept from going back; nobody's own clock counts.
 *
 * `asr:limits:{VENDOR/ACCOUNT/LIMIT}:` and
 *
 * | key       | type       | holds |
 * |-----------|------------|-------|
 * | `state`   | hash       | the time of the last script, the offset to the server's time; what the vendor's refusals have left (`most`, `trialMs`, `risesMs`, `rises`, `pauseMs`, `pausedUntilMs`, `sinceMs`, `hasServed`, `share`, `cutMs`, `cuts`); when the next start is due (`dueMs`); the last turn; the limits as the last one asked for them; who was called, for when, and until when it has to come |
 * | `places`  | hash       | place (`WORKER/NUMBER`) → `CUTS:REFUSALS`: the cuts before it began, how often it was refused |
 * | `pending` | hash       | place → since when it may start at any moment |
 * | `starts`  | sorted set | place → when it started, for as long as that counts |
 * | `workers` | sorted set | worker → when it was heard of last: its lease |
 * | `waiting` | sorted set | worker → places × 2⁴⁰ + turn: the first one is the next |
 * | `held`    | hash       | worker → how many places it has |
 *
 * All of them are gone a day after the last beat. A worker is 16 random hexadecimal digits; it hears
 * on the channel `asr:limits:calls:WORKER` when its turn is: `STATE-KEY MILLISECONDS`, so long until
 * then.
 */

/** Before every key of ours, BullMQ's too. */
export const KEY_PREFIX = "asr";

/** A worker that is not heard of for so long is dead, and its places are free. */
export const LEASE_MS = 10_000;

/** So often a worker that has places, or waits for one, is heard of. */
export const BEAT_MS = 2_000;

/** Longer than this nobody is silent but a Redis that was down: that time counts for no lease. */
export const LONGEST_SILENCE_MS = 2 * BEAT_MS;

/** Who is called and does not come for so long lets the next one pass. */
export const GRACE_MS = 300;

/** After so long a worker that waits asks by itself: the call may have been lost. */
export const LONGEST_WAIT_MS = 1_000;

/** For a day an account that nobody uses is remembered. */
export const KEPT_MS = 86_400_000;

/** Above any turn, and so that 8000 places times it are exact in a double. */
export const TURNS = 2 ** 40;

/** The keys of a limit, in the order of the scripts' `KEYS`. */
export function limitKeys(account: string, limit: string): readonly [string, ...string[]] {
  const base = `${KEY_PREFIX}:limits:{${account}/${limit}}`;
  const others = ["places", "pending", "starts", "workers", "waiting", "held"];
  return [`${base}:state`, ...others.map((name) => `${base}:${name}`)];
}

export function callsChannel(worker: string): string {
  return `${KEY_PREFIX}:limits:calls:${worker}`;
}
