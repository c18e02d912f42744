/** From a source of live audio to what has been heard: as it comes, within bounds. */
import { createHash } from "node:crypto";
import { abortable } from "../http/abortable.ts";
import type { Clock } from "../providers/contract.ts";
import { clockTime } from "../transcript/time.ts";
import type { Warning } from "../transcript/transcript.ts";
import type { LiveFeed } from "./feed.ts";
import type { LiveJob } from "./live-job.ts";

/** So much is listened to at once: others get their turn. */
const PIECE_MS = 200;
/**
 * So far ahead of the clock no microphone gets, with all that pipes and recorders hold: whoever
 * does is a file, or a program that makes audio, and can wait.
 */
const AHEAD_MS = 5_000;
/** The most of a microphone that waits: 19 MB at 16 kHz. */
const MAX_WAITING_MS = 600_000;
/** So much goes at once where it is more: one gap, and one warning, instead of many. */
const DROPPED_MS = 30_000;

export interface PumpOptions {
  readonly job: Pick<
    LiveJob,
    "audio" | "sampleRate" | "encoding" | "ending" | "maxMs" | "stopAfterSilenceMs"
  >;
  readonly clock: Pick<Clock, "now">;
  /** Aborted: stops at once, without an end. */
  readonly signal: AbortSignal;
  /** What may wait of a source that can. */
  readonly holdMs: number;
  readonly onWarning: (warning: Warning) => void;
  /** Of what waits, for tests. */
  readonly maxWaitingMs?: number;
}

export interface Pumped {
  /** Of all samples that came. */
  readonly sha256: string;
  /** Why the source ended, where it broke. */
  readonly failure?: unknown;
}

/**
 * Takes in all audio until the source ends, `ending` is aborted, or the job has had enough; then the
 * feed is ended. A source that is faster than the clock is read no further while much of it waits:
 * a pipe then blocks its writer. One at its own pace would lose audio where nobody reads it: of what
 * waits too long the oldest is let go, and the user told.
 *
 * @throws the signal's reason.
 */
export async function pump(feed: LiveFeed, options: PumpOptions): Promise<Pumped> {
  const { job, signal } = options;
  const digest = createHash("sha256");
  const bounds = new Bounds(feed, options);
  const over = AbortSignal.any([signal, job.ending]);
  let failure: unknown;
  try {
    for await (const samples of piecesOf(job, over)) {
      digest.update(samples);
      await feed.push(samples, options.clock.now());
      signal.throwIfAborted();
      if (feed.silentMs >= (job.stopAfterSilenceMs ?? Number.POSITIVE_INFINITY)) break;
      await bounds.keep(over);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!job.ending.aborted) failure = error;
  }
  await feed.end();
  return { sha256: digest.digest("hex"), ...(failure === undefined ? {} : { failure }) };
}

/** Whole samples in pieces of their own, up to `maxMs`. */
async function* piecesOf(
  { audio, sampleRate, encoding, maxMs = Number.POSITIVE_INFINITY }: PumpOptions["job"],
  over: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const sampleBytes = encoding === "f32le" ? 4 : 2;
  const pieceBytes = Math.floor((PIECE_MS * sampleRate) / 1000) * sampleBytes;
  let leftBytes = Math.floor((maxMs * sampleRate) / 1000) * sampleBytes;
  let rest: Uint8Array = new Uint8Array(0);
  const chunks = audio[Symbol.asyncIterator]();
  try {
    while (leftBytes > 0) {
      const next = await abortable(chunks.next(), over);
      if (next.done === true) return;
      // A copy: the source may use its chunks again.
      const bytes = Buffer.concat([rest, next.value]);
      const wholeBytes = bytes.length - (bytes.length % sampleBytes);
      rest = bytes.subarray(wholeBytes);
      const endByte = Math.min(wholeBytes, leftBytes);
      leftBytes -= endByte;
      for (let at = 0; at < endByte; at += pieceBytes) {
        yield bytes.subarray(at, Math.min(at + pieceBytes, endByte));
      }
    }
  } finally {
    // Not waited for: a source that waits for audio may never come back.
    chunks.return?.()?.catch(() => {});
  }
}

/** What may wait. */
class Bounds {
  readonly #feed: LiveFeed;
  readonly #options: PumpOptions;
  #knownMs = 0;
  #knownAtMs: number | undefined;
  /** How far the source is ahead of the clock. */
  #aheadMs = 0;

  constructor(feed: LiveFeed, options: PumpOptions) {
    this.#feed = feed;
    this.#options = options;
  }

  async keep(over: AbortSignal): Promise<void> {
    const feed = this.#feed;
    this.#measure();
    while (this.#aheadMs > AHEAD_MS && feed.waitingMs > this.#options.holdMs) {
      await feed.taken(over);
      this.#measure();
    }
    if (feed.waitingMs > (this.#options.maxWaitingMs ?? MAX_WAITING_MS)) this.#drop();
  }

  #measure(): void {
    const nowMs = this.#options.clock.now();
    // A clock that is set back says nothing.
    const elapsedMs = Math.max(0, nowMs - (this.#knownAtMs ?? nowMs));
    const cameMs = this.#feed.endMs - this.#knownMs;
    this.#aheadMs = Math.max(0, this.#aheadMs - elapsedMs) + cameMs;
    this.#knownMs = this.#feed.endMs;
    this.#knownAtMs = nowMs;
  }

  #drop(): void {
    const startMs = this.#feed.waitingFromMs;
    const endMs = Math.min(startMs + DROPPED_MS, this.#feed.endMs);
    this.#feed.release(endMs);
    this.#options.onWarning({
      code: "audio-dropped",
      message: `what was said from ${clockTime(startMs)} to ${clockTime(endMs)} is lost: recognition is too far behind`,
    });
  }
}
