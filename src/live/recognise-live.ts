/** One live job: audio that is being spoken becomes events, from `start` to `done`. */
import { AsrError, ofVendor } from "../errors.ts";
import { abortable } from "../http/abortable.ts";
import type { ProviderContext } from "../providers/contract.ts";
import { createAssembler } from "../transcript/assemble.ts";
import type { JobEvent, RecognitionEvent, StartEvent } from "../transcript/events.ts";
import { NO_SPEECH } from "../transcript/transcript.ts";
import { EventLine } from "./event-line.ts";
import { LiveFeed } from "./feed.ts";
import { LAST_WORDS_LOST, LastWords, lastWordsWarning, WordsLost } from "./last-words.ts";
import { LevelledScorer } from "./levelled-scorer.ts";
import type { LiveJob } from "./live-job.ts";
import { type Pumped, pump } from "./pump.ts";
import { streamedEvents } from "./sessions.ts";
import { UTTERANCE_LOST } from "./utterance-failure.ts";
import { utteranceEvents } from "./utterances.ts";

/** What of a source that can wait is read before it is asked for; more than the longest piece. */
const HOLD_MS = { streams: 10_000, utterances: 120_000 };

/** Somebody spoke, though there is no text of it. */
const SPEECH_LOST: ReadonlySet<string> = new Set([UTTERANCE_LOST, LAST_WORDS_LOST]);

/**
 * Recognises live audio: by the vendor's own streams where it has them, else by utterances. `done`
 * carries the transcript; a failure is thrown, not yielded, after the finals before it.
 *
 * Live audio is no file: `source` describes the samples as they were recognised, mono at the
 * provider's rate, and its digest is theirs.
 *
 * @throws AsrError; the signal's reason where it was aborted, once the vendor has been told.
 */
export async function* recogniseLive(
  job: LiveJob,
  context: ProviderContext,
): AsyncGenerator<JobEvent, void> {
  const { provider, resolution, name, sampleRate } = job;
  const origin = { name, sampleRate, channels: 1 };
  const start: StartEvent = {
    type: "start",
    provider: provider.id,
    model: resolution.model,
    source: origin,
  };
  yield start;
  const assembler = createAssembler(start);
  const told = new Set<string>();
  const left = new AbortController();
  const signal = AbortSignal.any([context.signal, left.signal]);
  const work = new LiveWork(job, { ...context, signal });
  const working = work.run();
  // It fails as its events do.
  working.catch(() => {});
  let isSilent = true;
  let doneMs = -1;
  /** @returns whether it says anything new. */
  const isNews = (event: RecognitionEvent): boolean => {
    if (event.type === "warning") {
      const { code, message } = event.warning;
      const text = JSON.stringify([code, message]);
      // A session without a word is nothing to tell of: a stream without one is.
      if (code === NO_SPEECH || told.has(text)) return false;
      told.add(text);
      if (SPEECH_LOST.has(code)) isSilent = false;
    } else if (event.type === "progress") {
      if (event.audioMs <= doneMs) return false;
      doneMs = event.audioMs;
    } else if (event.type === "final") isSilent = false;
    return true;
  };
  try {
    for await (const event of work.events) {
      if (!isNews(event)) continue;
      assembler.add(event);
      yield event;
    }
    context.signal.throwIfAborted();
    const { durationMs, sha256 } = await working;
    if (isSilent) {
      const message = "no speech was found in the audio";
      const silence = { type: "warning", warning: { code: NO_SPEECH, message } } as const;
      assembler.add(silence);
      yield silence;
    }
    const source = { ...origin, durationMs, sha256 };
    yield { type: "done", transcript: assembler.transcript({ durationMs, source }) };
  } catch (error) {
    context.signal.throwIfAborted();
    throw ofVendor(error, provider.id);
  } finally {
    left.abort(new Error("nobody listens any more"));
    await Promise.allSettled([working]);
  }
}

interface Worked {
  readonly durationMs: number;
  readonly sha256: string;
}

/** Listening and recognising, at the same time. */
class LiveWork {
  readonly events = new EventLine<RecognitionEvent>();
  readonly #job: LiveJob;
  readonly #context: ProviderContext;

  constructor(job: LiveJob, context: ProviderContext) {
    this.#job = job;
    this.#context = context;
  }

  /** @throws what `events` ends with. */
  async run(): Promise<Worked> {
    try {
      const worked = await this.#work();
      this.events.end();
      return worked;
    } catch (error) {
      this.events.fail(error);
      throw error;
    }
  }

  async #work(): Promise<Worked> {
    const job = this.#job;
    const { signal, clock } = this.#context;
    for (const warning of job.resolution.warnings) this.events.push({ type: "warning", warning });
    const model = await abortable(job.speechModel(), signal);
    const scorer = model.scorer();
    // The other judge compares levels: it needs no gain, and hears one that changes.
    const isTrained = model.name === "silero";
    const feed = new LiveFeed(job, isTrained ? new LevelledScorer(scorer) : scorer);
    const streams = job.provider.capabilities.limits.slice !== undefined;
    const stopped = new AbortController();
    const pumping = pump(feed, {
      job,
      clock,
      signal: AbortSignal.any([signal, stopped.signal]),
      holdMs: streams ? HOLD_MS.streams : HOLD_MS.utterances,
      onWarning: (warning) => this.events.push({ type: "warning", warning }),
    });
    // Told below, or not at all where recognition has failed.
    pumping.catch(() => {});
    try {
      await this.#recognise(feed, streams);
    } finally {
      stopped.abort(new Error("nothing is recognised any more"));
      await Promise.allSettled([pumping]);
    }
    return { durationMs: feed.durationMs, sha256: digestOf(await pumping) };
  }

  /**
   * Ends early where the last words don't come in time, with all there is of them.
   *
   * @throws AsrError; where they did not come for a connection that was lost, its failure.
   */
  async #recognise(feed: LiveFeed, streams: boolean): Promise<void> {
    const lastWords = new LastWords(this.#job, this.#context);
    const context = { ...this.#context, signal: lastWords.signal };
    const events = streams
      ? streamedEvents(feed, this.#job, context)
      : utteranceEvents(feed, this.#job, context);
    let toldMs = 0;
    try {
      for await (const event of events) {
        if (event.type === "final") toldMs = Math.max(toldMs, event.segment.endMs);
        this.events.push(event);
      }
    } catch (error) {
      this.#context.signal.throwIfAborted();
      if (!lastWords.signal.aborted) throw error;
      const warning = lastWordsWarning(feed, toldMs, error);
      if (warning !== undefined) this.events.push({ type: "warning", warning });
      if (error instanceof AsrError) throw error;
      if (error instanceof WordsLost && error.failure !== undefined) throw error.failure;
    } finally {
      lastWords.stop();
    }
  }
}

/** @throws what the source failed with, after all that had come was recognised. */
function digestOf({ sha256, failure }: Pumped): string {
  if (failure !== undefined) throw failure;
  return sha256;
}
