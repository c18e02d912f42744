/** One stretch of the stream at its vendor: in one session, or in as many as it takes. */
import { AsrError } from "../errors.ts";
import { pause } from "../http/clock.ts";
import type { ProviderContext } from "../providers/contract.ts";
import type { RecognitionEvent, ResponseEvent } from "../transcript/events.ts";
import { clockTime } from "../transcript/time.ts";
import type { Segment } from "../transcript/transcript.ts";
import { EventLine } from "./event-line.ts";
import type { ResendableAudio } from "./feed.ts";
import { inStream } from "./in-stream.ts";
import { TooLate, WordsLost } from "./last-words.ts";
import type { LiveJob } from "./live-job.ts";
import { plannedSlices } from "./planned-slices.ts";
import { type SliceShape, type Stretch, sessionSlices } from "./session-audio.ts";
import { sessionStart } from "./session-cut.ts";
import type { Outage } from "./session-outage.ts";

/** How often a session is opened again without getting any further; `--retries 0`: never. */
const MAX_REOPENINGS = 8;
const FIRST_WAIT_MS = 600;
const LONGEST_WAIT_MS = 20_000;

export type StreamJob = Pick<
  LiveJob,
  "provider" | "settings" | "resolution" | "cutLog" | "cutPlan"
>;

export interface RunOptions {
  readonly audio: ResendableAudio;
  readonly job: StreamJob;
  readonly context: ProviderContext;
  readonly shape: SliceShape;
  /** Which stretch of the stream it is, from 0. */
  readonly number: number;
  /** Where it begins. */
  readonly fromMs: number;
  /** How far recognition is behind. */
  readonly lagMs: () => number;
  /** Of all sessions. */
  readonly outage: Outage;
  /** Something was sent or answered, or is to be sent again. */
  readonly onNews: (run: SessionRun) => void;
}

export class SessionRun {
  readonly stretch: Stretch;
  /** What is recognised, in the time of the stream; then the failure, where there is one. */
  readonly events = new EventLine<RecognitionEvent>();
  readonly #options: RunOptions;
  readonly #over = Promise.withResolvers<void>();
  #isHandedOut = false;
  /** The text on the screen, where it is not final: what reaches furthest. */
  #partial: Segment | undefined;
  /** Why it is being opened again, until something is answered. */
  #failure: AsrError | undefined;
  /** Where the session that is open now began. */
  #openedMs: number;
  #answeredMs: number;
  #answerCount = 0;
  #sessionCount = 0;
  /** The furthest that any session of it came. */
  #bestMs: number;
  #state: "running" | "done" | "failed" = "running";

  constructor(options: RunOptions) {
    const { fromMs } = options;
    this.#options = options;
    this.stretch = { fromMs, sentMs: fromMs, endMs: undefined, wasInterrupted: false };
    this.#openedMs = fromMs;
    this.#answeredMs = fromMs;
    this.#bestMs = fromMs;
  }

  /** Up to where the stretch has been answered. */
  get answeredMs(): number {
    return this.#state === "done" ? (this.stretch.endMs ?? this.#answeredMs) : this.#answeredMs;
  }

  get state(): "running" | "done" | "failed" {
    return this.#state;
  }

  /** Whether all of it has been sent once. */
  get isHandedOut(): boolean {
    return this.#isHandedOut;
  }

  /** Resolves when it has ended, well or not. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** Never rejects: `events` does. */
  async run(): Promise<void> {
    try {
      await this.#recognise();
      this.#state = "done";
      this.events.end();
    } catch (error) {
      this.#state = "failed";
      this.events.fail(error);
    }
    this.#options.onNews(this);
    this.#over.resolve();
  }

  async #recognise(): Promise<void> {
    const { signal, clock, http, log } = this.#options.context;
    for (let failureCount = 0; ; ) {
      const bestMs = this.#bestMs;
      try {
        await this.#session();
        return;
      } catch (error) {
        if (signal.aborted) {
          this.#bill(false);
          throw signal.reason instanceof TooLate ? this.#givenUp() : signal.reason;
        }
        failureCount = this.#bestMs > bestMs ? 1 : failureCount + 1;
        const mostFailures = http.maxRepeats === 0 ? 0 : MAX_REOPENINGS;
        if (!this.#isPassing(error) || failureCount > mostFailures) {
          this.#bill(false);
          throw error;
        }
        const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failureCount - 1));
        const askedMs = error.details.retryAfterMs ?? 0;
        this.#failure = error;
        if (error.kind === "network") this.#options.outage.lost(error, this.#options.audio.endMs);
        log(`${error.message}; the session is opened again in ${Math.max(waitMs, askedMs)} ms`);
        this.#options.onNews(this);
        await pause(clock, Math.max(waitMs, askedMs), signal).catch((reason) => {
          throw reason instanceof TooLate ? this.#givenUp() : reason;
        });
        if (!this.#beginAgain(error.details.outcomeUnknown === true)) return;
      }
    }
  }

  /** The next session for what has not been answered for good. */
  async #session(): Promise<void> {
    const { audio, job, context } = this.#options;
    const { provider, settings, resolution } = job;
    const offsetMs = this.stretch.fromMs;
    this.#openedMs = offsetMs;
    this.#answeredMs = offsetMs;
    this.#answerCount = 0;
    const input = {
      audio: {
        container: "pcm",
        encoding: audio.encoding,
        sampleRate: audio.sampleRate,
        channels: 1,
        reopenable: false,
        open: () => this.#slices(),
      },
      settings,
      resolution,
    } as const;
    for await (const event of provider.recognize(input, context)) {
      this.#take(inStream(event, offsetMs), offsetMs);
    }
  }

  async *#slices(): AsyncGenerator<Uint8Array, void> {
    const { audio, shape, context, job, number } = this.#options;
    const { clock, signal } = context;
    const { stretch } = this;
    const planned = job.cutPlan?.session(number, this.#sessionCount++);
    const onCut = job.cutLog?.session(number, stretch.fromMs);
    const onSent = () => {
      onCut?.(stretch.sentMs);
      this.#options.onNews(this);
    };
    yield* planned === undefined
      ? sessionSlices(audio, stretch, shape, clock, signal, onSent)
      : plannedSlices(audio, stretch, planned, signal, onSent);
    this.#isHandedOut = true;
    this.#options.onNews(this);
  }

  #take(event: RecognitionEvent, offsetMs: number): void {
    const { events, stretch } = this;
    if (event.type === "final") {
      this.#partial = undefined;
      stretch.fromMs = Math.max(stretch.fromMs, Math.min(event.segment.endMs, stretch.sentMs));
      this.#bestMs = Math.max(this.#bestMs, stretch.fromMs);
      events.push(event, isPartial);
      this.#options.onNews(this);
    } else if (event.type === "partial") {
      const { segment } = event;
      if (segment.endMs >= (this.#partial?.endMs ?? 0)) this.#partial = segment;
      events.push(event, isPartial);
    } else if (event.type === "progress") {
      this.#answerCount++;
      this.#failure = undefined;
      this.#options.outage.answered(this.#options.audio.endMs);
      this.#answeredMs = event.audioMs;
      this.#bestMs = Math.max(this.#bestMs, event.audioMs);
      this.#options.onNews(this);
      events.push({ ...event, lagMs: this.#options.lagMs() }, isProgress);
    } else if (event.type === "response") {
      events.push(withPart(event, offsetMs, stretch.sentMs));
    } else {
      events.push(event);
    }
  }

  /** The last partial is all there is of what was said last. */
  #givenUp(): WordsLost {
    const segment = this.#partial;
    if (segment !== undefined) {
      this.events.push({ type: "final", segment: { ...segment, approximate: true } }, isPartial);
    }
    return new WordsLost(this.stretch.fromMs, segment !== undefined, this.#failure);
  }

  #isPassing(error: unknown): error is AsrError {
    if (!(error instanceof AsrError) || error.details.stopsBatch === true) return false;
    if (error.retryable) return true;
    // Whatever a vendor says of a session that it has given up meanwhile.
    const isAtVendor = error.kind === "network" || error.kind === "recognition";
    return this.stretch.wasInterrupted && isAtVendor;
  }

  /** @returns whether anything is left to be sent again. */
  #beginAgain(isOutcomeUnknown: boolean): boolean {
    const { audio } = this.#options;
    const { stretch } = this;
    const sentMs = stretch.sentMs;
    const fromMs = Math.max(stretch.fromMs, audio.keptFromMs);
    const startMs = this.#startAgain(fromMs);
    // Silence alone is not sent again.
    if (startMs === undefined || startMs >= (stretch.endMs ?? Number.POSITIVE_INFINITY)) {
      stretch.endMs ??= Math.max(fromMs, sentMs);
      this.#bill(false);
      return false;
    }
    stretch.fromMs = startMs;
    stretch.wasInterrupted = false;
    const isTwice = this.#answeredMs > startMs || (isOutcomeUnknown && sentMs > startMs);
    this.#bill(isTwice);
    stretch.sentMs = startMs;
    this.#options.onNews(this);
    if (isTwice) {
      const message = `the session broke: what was said from ${clockTime(startMs)} to ${clockTime(sentMs)} is sent again, and may be billed twice`;
      this.events.push({ type: "warning", warning: { code: "audio-sent-again", message } });
    }
    return true;
  }

  /** Where the next session for it begins; undefined where nobody speaks any more. */
  #startAgain(fromMs: number): number | undefined {
    const { audio, job, number } = this.#options;
    if (job.cutPlan === undefined) return sessionStart(audio, fromMs);
    return job.cutPlan.session(number, this.#sessionCount)?.fromMs;
  }

  /** A session that broke gives no account of itself: what it answered was paid for. */
  #bill(possiblyBilledTwice: boolean): void {
    if (this.#answerCount === 0 && !possiblyBilledTwice) return;
    const usage = {
      requests: this.#answerCount,
      billedMs: Math.max(0, this.#answeredMs - this.#openedMs),
      ...(possiblyBilledTwice ? { possiblyBilledTwice } : {}),
    };
    this.events.push({ type: "response", usage });
  }
}

function isPartial({ type }: RecognitionEvent): boolean {
  return type === "partial";
}

function isProgress({ type }: RecognitionEvent): boolean {
  return type === "progress";
}

/** The account of a whole session says which stretch it was. */
function withPart(response: ResponseEvent, startMs: number, sentMs: number): ResponseEvent {
  const { requestId } = response;
  if (requestId === undefined) return response;
  return { ...response, part: { startMs, endMs: sentMs, requestId } };
}
