/**
 * Live recognition by a provider that knows no streams: what is said is cut into utterances where
 * somebody pauses, and each is a request of its own.
 */
import { bytesPerSample } from "../audio/encoding.ts";
import type { AsrError } from "../errors.ts";
import type { AudioInput, ProviderContext, RecognitionSettings } from "../providers/contract.ts";
import type { RecognitionEvent } from "../transcript/events.ts";
import type { Interval } from "../transcript/transcript.ts";
import { TooLate } from "./last-words.ts";
import type { LiveAudio } from "./live-audio.ts";
import type { LiveJob } from "./live-job.ts";
import { Partials } from "./partials.ts";
import { quietestSpotOf } from "./quietest-spot.ts";
import {
  nextUtterance,
  openUtterance,
  UTTERANCE_RULES,
  type Utterance,
  type UtteranceRules,
} from "./utterance-cut.ts";
import { News } from "./utterance-news.ts";
import { UtterancePool } from "./utterance-pool.ts";
import { type Attempt, untilAnswered } from "./utterance-repeats.ts";
import { UtteranceRun, type WaitingUtterance } from "./utterance-run.ts";
import { AudioStall } from "./utterance-stall.ts";
import { UtteranceTeller } from "./utterance-teller.ts";

/** A beginning of speech is known so much later than it was. */
const ONSET_MS = 200;

/**
 * Finals leave in the order of speech, in the time of the stream. An utterance that is refused is
 * a warning; recognition goes on.
 *
 * Where recognising costs nothing (nothing leaves this machine) there are partials, too.
 *
 * @throws AsrError where the next utterance would fail alike, none was taken, or the network is
 *   gone for good; the signal's reason once all that was under way has ended. Where that is
 *   `TooLate`: the failure of the network, or of all that was sent, where there is one. Before any
 *   of these: all that was answered, and the places of what was not.
 */
export async function* utteranceEvents(
  audio: LiveAudio,
  job: LiveJob,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent> {
  const { provider, settings, resolution, cutLog, cutPlan } = job;
  const { capabilities } = provider;
  const { clock, log } = context;
  const { maxRepeats } = context.http;
  const stopped = new AbortController();
  const signal = AbortSignal.any([context.signal, stopped.signal]);
  const rules = rulesFor(job);
  const teller = new UtteranceTeller(() => clock.now(), job.onLag);
  const news = new News(audio, context.signal);
  const onNews = () => news.ring();
  const stall = new AudioStall(clock, onNews);
  const telling = { placed: settings.timesWanted || settings.words, words: settings.words };

  /** Finished pieces, however new: the provider need not hurry with parts of them. */
  function recogniserOf(stretch: Interval, changes: Partial<RecognitionSettings> = {}): Attempt {
    const { language: languageBefore } = teller;
    const before = languageBefore === undefined ? {} : { languageBefore };
    const input = {
      audio: inMemory(audio, audio.bytes(stretch.startMs, stretch.endMs)),
      settings: { ...settings, ...before, ...changes, live: false },
      resolution,
    };
    return (until) => provider.recognize(input, { ...context, signal: until });
  }

  /** Why something is being sent again. */
  let outage: AsrError | undefined;
  const onOutage = (failure: AsrError | undefined): void => {
    outage = failure;
  };
  async function* answersOf(utterance: WaitingUtterance): AsyncGenerator<RecognitionEvent> {
    const recognise = recogniserOf(utterance);
    // On this machine nothing is on its way.
    yield* capabilities.remote
      ? untilAnswered(recognise, { utterance, signal, clock, log, maxRepeats, onOutage })
      : recognise(signal);
  }

  const pool = new UtterancePool({
    concurrency: context.account.maxConcurrency ?? capabilities.limits.maxConcurrency,
    maxMs: rules.maxMs,
    joins: cutPlan === undefined,
    keptFromMs: () => audio.keptFromMs,
    begin(utterance, number) {
      cutLog?.utterance(utterance);
      return new UtteranceRun(utterance, number, answersOf(utterance), telling);
    },
    onNews,
  });
  const partials = capabilities.remote
    ? undefined
    : new Partials((stretch, stop) => {
        return recogniserOf(stretch, { raw: false })(AbortSignal.any([signal, stop]));
      }, onNews);

  const quietest = (fromMs: number, toMs: number) => quietestSpotOf(audio, fromMs, toMs);
  let cutMs = 0;
  let cutCount = 0;
  /**
   * @param ended whether nothing more will come, or not for long
   * @returns the utterance that is being spoken
   */
  function cut(ended: boolean): Utterance | undefined {
    const { speech, openSinceMs, endMs } = audio;
    for (;;) {
      const heard = { speech, openSinceMs, endMs, ended };
      const planned = cutPlan?.utterance(cutCount);
      const utterance =
        planned === undefined
          ? nextUtterance(heard, cutMs, rules, quietest)
          : heardOf(planned, audio);
      if (utterance === undefined) {
        if (planned === undefined) return openUtterance(heard, cutMs, rules);
        return planned.startMs < endMs ? { ...planned, endMs } : undefined;
      }
      pool.add({ ...utterance, sinceMs: clock.now() });
      cutMs = utterance.endMs;
      cutCount++;
    }
  }

  try {
    context.signal.throwIfAborted();
    for (;;) {
      const { endMs, ended } = audio;
      pool.forget(audio.keptFromMs);
      cutMs = Math.max(cutMs, audio.keptFromMs);
      let open = cut(ended);
      // A source that is not read, because much waits, has not paused.
      const canStall = open !== undefined && pool.earliestWaiting === undefined;
      if (stall.look(canStall ? endMs : undefined)) open = cut(true);
      const isIdle = pool.earliest === undefined;
      partials?.look(open, isIdle && !ended);
      pool.fill();
      const silentMs = Math.max(cutMs, endMs - rules.marginMs - ONSET_MS);
      audio.release(Math.max(0, pool.earliestWaiting?.startMs ?? open?.startMs ?? silentMs));
      yield* teller.tell(pool, partials?.take(), open?.startMs ?? silentMs);
      if (ended && pool.earliest === undefined) break;
      // The recogniser has become free: for what is open as well.
      if (!isIdle && pool.earliest === undefined) news.ring();
      await news.wait(endMs, ended);
    }
    yield* teller.end();
  } catch (error) {
    pool.stopBeginning();
    const why = error instanceof TooLate ? outage : undefined;
    yield* teller.endEarly(pool, error);
    if (error instanceof TooLate) throw why ?? teller.totalFailure ?? error;
    throw error;
  } finally {
    news.close();
    stall.close();
    stopped.abort();
    await Promise.all([pool.close(), partials?.close()]);
  }
}

/** What the provider takes at once, at most, and what one would wait for. */
function rulesFor({ provider, sampleRate, encoding }: LiveJob): UtteranceRules {
  const { maxDurationMs, maxBytes } = provider.capabilities.limits;
  const bytesPerMs = (sampleRate * bytesPerSample(encoding)) / 1000;
  const maxMs = Math.min(
    UTTERANCE_RULES.maxMs,
    maxDurationMs ?? Number.POSITIVE_INFINITY,
    Math.floor((maxBytes ?? Number.POSITIVE_INFINITY) / bytesPerMs),
  );
  return { ...UTTERANCE_RULES, maxMs };
}

/** A planned utterance once it has come; less of it where no more will. */
function heardOf(planned: Utterance, { endMs, ended }: LiveAudio): Utterance | undefined {
  if (endMs >= planned.endMs) return planned;
  return ended && planned.startMs < endMs ? { ...planned, endMs } : undefined;
}

function inMemory({ sampleRate, encoding }: LiveAudio, bytes: Uint8Array): AudioInput {
  const frameCount = bytes.byteLength / bytesPerSample(encoding);
  return {
    container: "pcm",
    encoding,
    sampleRate,
    channels: 1,
    durationMs: Math.round((frameCount * 1000) / sampleRate),
    sizeBytes: bytes.byteLength,
    reopenable: true,
    async *open(signal) {
      signal?.throwIfAborted();
      yield bytes;
    },
  };
}
