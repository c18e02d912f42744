/** A live stream at a vendor that takes streams: in sessions, one after the other. */
import type { ProviderContext, SessionLimits } from "../providers/contract.ts";
import type { RecognitionEvent } from "../transcript/events.ts";
import { EventLine } from "./event-line.ts";
import type { ResendableAudio } from "./feed.ts";
import { LagMeter } from "./lag.ts";
import type { LiveJob } from "./live-job.ts";
import { longestSliceMs, type SliceShape } from "./session-audio.ts";
import { leadOf, sessionStart } from "./session-cut.ts";
import { SessionRun, type StreamJob } from "./session-run.ts";

const UNLIMITED: SessionLimits = {
  renewAfterMs: Number.POSITIVE_INFINITY,
  maxMs: Number.POSITIVE_INFINITY,
};

/**
 * Recognises speech while it is spoken. A session is opened when somebody speaks, and ended in a
 * pause; the next one begins with the next sample, or with the next speech, while the last words of
 * the one before may still be under way. One that fails for a reason that passes is opened again,
 * with all that was not final.
 *
 * @throws AsrError for what does not pass, once the finals before it have been told; the signal's
 *   reason, once the vendor has been told.
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
    for await (const run of sessions.runs) yield* run.events;
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
  /** Those that are not over; two at most. */
  #open: SessionRun[] = [];
  /** Up to where everything is in a session, or silence. */
  #cursorMs = 0;

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
    this.#lag.answered(this.#audio.endMs);
  }

  async #openAll(): Promise<void> {
    for (let before: SessionRun | undefined; ; ) {
      const fromMs = await this.#nextSpeech();
      if (fromMs === undefined) return;
      const run = this.#begin(fromMs);
      await run.handedOut;
      await before?.over;
      // Whoever reads the events hears of it.
      if (run.state === "failed" || before?.state === "failed") return;
      this.#cursorMs = run.stretch.endMs ?? run.stretch.sentMs;
      before = run;
    }
  }

  #begin(fromMs: number): SessionRun {
    const run = new SessionRun({
      audio: this.#audio,
      job: this.#job,
      context: this.#context,
      shape: this.#shape,
      fromMs,
      lagMs: () => this.#lag.lagMs,
      onNews: (one) => this.#settle(one),
    });
    this.#open.push(run);
    this.runs.push(run);
    void run.run().then(() => {
      this.#open = this.#open.filter((one) => one !== run);
      this.#settle(run);
    });
    return run;
  }

  /** Where the next session begins; undefined when nobody will speak any more. */
  async #nextSpeech(): Promise<number | undefined> {
    const audio = this.#audio;
    for (;;) {
      this.#cursorMs = Math.max(this.#cursorMs, audio.keptFromMs);
      const startMs = sessionStart(audio, this.#cursorMs);
      if (startMs !== undefined) return startMs;
      if (audio.ended) return undefined;
      this.#cursorMs = Math.max(this.#cursorMs, leadOf(audio));
      audio.sent(this.#cursorMs);
      this.#settle();
      await audio.past(audio.endMs, this.#context.signal);
    }
  }

  /** Lets go of what is final, and looks how far behind the rest is. */
  #settle(run?: SessionRun): void {
    const [first] = this.#open;
    this.#audio.release(first?.stretch.fromMs ?? this.#cursorMs);
    const isLatest = run !== undefined && run === this.#open.at(-1);
    if (isLatest && run.state === "running") this.#audio.sent(run.stretch.sentMs);
    this.#lag.answered(first?.answeredMs ?? this.#cursorMs);
  }

  async #watchLag(): Promise<void> {
    while (!this.#audio.ended) {
      await this.#audio.past(this.#audio.endMs, this.#context.signal);
      this.#lag.update();
    }
  }
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
