/**
 * Live recognition by a provider that knows no streams: what is said is cut into utterances where
 * somebody pauses, and each is a request of its own.
 */
import { bytesPerSample } from "../audio/encoding.ts";
import type { AudioInput, ProviderContext, RecognitionSettings } from "../providers/contract.ts";
import type { RecognitionEvent } from "../transcript/events.ts";
import type { Interval } from "../transcript/transcript.ts";
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
import { UtteranceRun } from "./utterance-run.ts";
import { UtteranceTeller } from "./utterance-teller.ts";

/** A beginning of speech is known so much later than it was. */
const ONSET_MS = 200;

/**
 * Finals leave in the order of speech, in the time of the stream. An utterance that is refused is
 * a warning; recognition goes on.
 *
 * Where recognising costs nothing (nothing leaves this machine) there are partials, too.
 *
 * @throws AsrError where the next utterance would fail alike, or the network is gone, after what
 *   was said before; the signal's reason once all that was under way has ended.
 */
export async function* utteranceEvents(
  audio: LiveAudio,
  job: LiveJob,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent> {
  const { provider, settings, resolution } = job;
  const { capabilities } = provider;
  const stopped = new AbortController();
  const signal = AbortSignal.any([context.signal, stopped.signal]);
  const rules = rulesFor(job);
  const teller = new UtteranceTeller(() => context.clock.now(), job.onLag);
  const news = new News(audio, context.signal);
  const onNews = () => news.ring();
  const telling = { placed: settings.timesWanted || settings.words, words: settings.words };

  /** Finished pieces, however new: the provider need not hurry with parts of them. */
  async function* recognise(
    stretch: Interval,
    until: AbortSignal,
    changes: Partial<RecognitionSettings> = {},
  ): AsyncGenerator<RecognitionEvent> {
    const { language: languageBefore } = teller;
    const before = languageBefore === undefined ? {} : { languageBefore };
    const input = {
      audio: inMemory(audio, audio.bytes(stretch.startMs, stretch.endMs)),
      settings: { ...settings, ...before, ...changes, live: false },
      resolution,
    };
    yield* provider.recognize(input, { ...context, signal: until });
  }

  const pool = new UtterancePool({
    concurrency: context.account.maxConcurrency ?? capabilities.limits.maxConcurrency,
    maxMs: rules.maxMs,
    begin: (utterance, number) =>
      new UtteranceRun(utterance, number, recognise(utterance, signal), telling),
    onNews,
  });
  const partials = capabilities.remote
    ? undefined
    : new Partials((stretch, stop) => {
        return recognise(stretch, AbortSignal.any([signal, stop]), { raw: false });
      }, onNews);

  const quietest = (fromMs: number, toMs: number) => quietestSpotOf(audio, fromMs, toMs);
  let cutMs = 0;
  /** @returns the utterance that is being spoken */
  function cut(): Utterance | undefined {
    for (;;) {
      const utterance = nextUtterance(audio, cutMs, rules, quietest);
      if (utterance === undefined) return openUtterance(audio, cutMs, rules);
      pool.add({ ...utterance, sinceMs: context.clock.now() });
      cutMs = utterance.endMs;
    }
  }

  try {
    context.signal.throwIfAborted();
    for (;;) {
      const { endMs, ended } = audio;
      pool.forget(audio.keptFromMs);
      cutMs = Math.max(cutMs, audio.keptFromMs);
      const open = cut();
      const isIdle = pool.earliest === undefined;
      partials?.look(open, isIdle && !ended);
      pool.fill();
      const silentMs = Math.max(cutMs, endMs - rules.marginMs - ONSET_MS);
      audio.release(Math.max(0, pool.earliestWaiting?.startMs ?? open?.startMs ?? silentMs));
      yield* teller.tell(pool, partials?.take(), open?.startMs ?? silentMs);
      if (ended && pool.earliest === undefined) break;
      // The recogniser has become free: for what is open as well.
      if (!isIdle && pool.earliest === undefined) news.ring();
      await news.wait(endMs);
    }
    yield* teller.end();
  } finally {
    news.close();
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
