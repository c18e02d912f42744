/** A live stream at a vendor that takes streams: in sessions, one after the other. */
import type { ProviderContext, SessionLimits } from "../providers/contract.ts";
import type { RecognitionEvent } from "../transcript/events.ts";
import type { Warning } from "../transcript/transcript.ts";
import { EventLine } from "./event-line.ts";
import type { ResendableAudio } from "./feed.ts";
import { LagMeter } from "./lag.ts";
import { TooLate } from "./last-words.ts";
import type { LiveJob } from "./live-job.ts";
import { longestSliceMs, type SliceShape } from "./session-audio.ts";
import { leadOf, sessionStart } from "./session-cut.ts";
import { Outage } from "./session-outage.ts";
import { SessionRun, type StreamJob } from "./session-run.ts";

const UNLIMITED: SessionLimits = {
  renewAfterMs: Number.POSITIVE_INFINITY,
  maxMs: Number.POSITIVE_INFINITY,
};

/** So far behind, what follows a pause is recognised at the same time; more than a source holds. */
const BEHIND_MS = 12_000;
/** Then, and usually: the last words of one while the next has begun. */
const MOST_OPEN = { behind: 4, usually: 2 };

/**
 * Recognises speech while it is spoken. A session is opened when somebody speaks, and ended in a
 * pause; the next one begins with the next sample, or with the next speech, while the last words of
 * the one before may still be under way; where recognition is behind, a few run at the same time.
 * One that fails for a reason that passes is opened again, with all that was not final.
 *
 * @throws AsrError for what does not pass, once the finals before it have been told; the signal's
 *   reason, once the vendor has been told. Where that is `TooLate`, WordsLost, after a final for
 *   each last partial.
 */
export async function* streamedEvents(
  audio: ResendableAudio,
  job: StreamJob & Pick<LiveJob, "onLag">,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent, void> {
  const left = new AbortController();
  const signal = AbortSignal.any([context.signal, left.signal]);
  const sessions = new Sessions(audio, job, { ...context, signal });
  const running = sessions.run();
  try {
    let lost: { readonly error: unknown } | undefined;
    try {
      for await (const run of sessions.runs) {
        try {
          yield* run.events;
        } catch (error) {
          if (!isTooLate(context.signal)) throw error;
          lost ??= { error };
        }
      }
    } catch (error) {
      throw lost === undefined ? error : lost.error;
    }
    if (lost !== undefined) throw lost.error;
  } finally {
    left.abort(new Error("nobody listens any more"));
    await running;
  }
}

class Sessions {
  /** In the order of speech. */
  readonly runs = new EventLine<SessionRun>();
  readonly #audio: ResendableAudio;
  readonly #job: StreamJob;
  readonly #context: ProviderContext;
  readonly #shape: SliceShape;
  readonly #lag: LagMeter;
  readonly #outage: Outage;
  #changed = Promise.withResolvers<void>();
  #hasFailed = false;
  /** Those that are not over, in the order of speech. */
  #open: SessionRun[] = [];
  /** Up to where everything is in a session, or silence. */
  #cursorMs = 0;
  #runCount = 0;

  constructor(
    audio: ResendableAudio,
    job: StreamJob & Pick<LiveJob, "onLag">,
    context: ProviderContext,
  ) {
    this.#audio = audio;
    this.#job = job;
    this.#context = context;
    this.#shape = shapeOf(audio, job);
    this.#lag = new LagMeter({
      arrivedAt: (ms) => (ms < audio.endMs ? audio.arrivedAt(ms) : undefined),
      now: () => context.clock.now(),
      onLag: job.onLag,
    });
    this.#outage = new Outage(job.provider.title, (warning) => this.#tell(warning));
  }

  /** Never rejects: `runs` does. Over when everything is. */
  async run(): Promise<void> {
    const watching = this.#watchLag().catch(() => {});
    try {
      await this.#openAll();
      this.runs.end();
    } catch (error) {
      this.runs.fail(error);
    }
    await Promise.all([watching, ...this.#open.map((run) => run.over)]);
    if (!this.#hasFailed && !this.#context.signal.aborted) this.#lag.answered(this.#audio.endMs);
  }

  async #openAll(): Promise<void> {
    for (;;) {
      const fromMs = await this.#nextSpeech();
      if (fromMs === undefined) return;
      const run = this.#begin(fromMs);
      while (!this.#hasFailed && !this.#mayBeginAfter(run)) await this.#changed.promise;
      // Whoever reads the events hears of it.
      if (this.#hasFailed) return;
      this.#cursorMs = run.stretch.endMs ?? run.stretch.sentMs;
    }
  }

  /** Whether the next one may begin; where this one ends is known then. */
  #mayBeginAfter({ state, stretch, isHandedOut }: SessionRun): boolean {
    if ((state === "done" || isHandedOut) && this.#open.length < MOST_OPEN.usually) return true;
    const behindMs = this.#audio.endMs - stretch.sentMs;
    const isBehind = behindMs > BEHIND_MS || this.#lag.lagMs > BEHIND_MS;
    // More sessions are no help against a vendor that can't be reached.
    if (stretch.endMs === undefined || !isBehind || this.#outage.isLost) return false;
    return this.#open.length < MOST_OPEN.behind;
  }

  /** At once: to whoever is listened to now. */
  #tell(warning: Warning): void {
    this.#open.find(({ state }) => state === "running")?.events.push({ type: "warning", warning });
  }

  #begin(fromMs: number): SessionRun {
    const run = new SessionRun({
      audio: this.#audio,
      job: this.#job,
      context: this.#context,
      shape: this.#shape,
      number: this.#runCount++,
      fromMs,
      lagMs: () => this.#lag.lagMs,
      outage: this.#outage,
      onNews: () => this.#settle(),
    });
    this.#open.push(run);
    this.runs.push(run);
    void run.run().then(() => {
      this.#open = this.#open.filter((one) => one !== run);
      this.#settle();
    });
    return run;
  }

  /** Where the next session begins; undefined when nobody will speak any more. */
  async #nextSpeech(): Promise<number | undefined> {
    const audio = this.#audio;
    const planned = this.#job.cutPlan?.session(this.#runCount, 0);
    for (;;) {
      this.#cursorMs = Math.max(this.#cursorMs, audio.keptFromMs);
      const startMs =
        planned === undefined
          ? sessionStart(audio, this.#cursorMs)
          : Math.max(planned.fromMs, audio.keptFromMs);
      if (startMs !== undefined && (planned === undefined || startMs < audio.endMs)) return startMs;
      if (audio.ended) return undefined;
      // What was planned is still needed.
      const leadMs = Math.min(leadOf(audio), planned?.fromMs ?? Number.POSITIVE_INFINITY);
      this.#cursorMs = Math.max(this.#cursorMs, leadMs);
      this.#settle();
      await audio.past(audio.endMs, this.#context.signal);
    }
  }

  /** Lets go of what is final, and looks how far behind the rest is. */
  #settle(): void {
    const [first] = this.#open;
    this.#hasFailed ||= this.#open.some(({ state }) => state === "failed");
    const isOver = this.#hasFailed || this.#context.signal.aborted;
    // What has failed was not answered: nobody is less behind for it.
    if (!isOver) {
      this.#audio.release(first?.stretch.fromMs ?? this.#cursorMs);
      this.#audio.sent(this.#sentMs);
      this.#lag.answered(first?.answeredMs ?? this.#cursorMs);
    }
    const changed = this.#changed;
    this.#changed = Promise.withResolvers();
    changed.resolve();
  }

  /** Up to where everything was handed out. */
  get #sentMs(): number {
    const waiting = this.#open.find(
      ({ stretch: { sentMs, endMs } }) => sentMs < (endMs ?? Number.POSITIVE_INFINITY),
    );
    const last = this.#open.at(-1)?.stretch.sentMs ?? 0;
    return waiting?.stretch.sentMs ?? Math.max(last, this.#cursorMs);
  }

  async #watchLag(): Promise<void> {
    while (!this.#audio.ended) {
      await this.#audio.past(this.#audio.endMs, this.#context.signal);
      this.#lag.update();
    }
  }
}

function isTooLate({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof TooLate;
}

function shapeOf(audio: ResendableAudio, { provider, resolution }: StreamJob): SliceShape {
  const { slice, session } = provider.capabilities.limits;
  if (slice === undefined) throw new Error(`${provider.id} takes no streams`);
  const sampleBytes = audio.encoding === "f32le" ? 4 : 2;
  return {
    sliceMs: resolution.sliceMs ?? slice.recommendedMs,
    maxSliceMs: longestSliceMs(slice.maxBytes, audio.sampleRate, sampleBytes),
    limits: resolution.session ?? session ?? UNLIMITED,
  };
}
