/** A recognition that is under way: its events, and what comes out. */
import { AsrError } from "../errors.ts";
import type {
  DoneEvent,
  FinalEvent,
  JobEvent,
  PartialEvent,
  ProgressEvent,
  StartEvent,
  WarningEvent,
} from "../transcript/events.ts";
import { eventsOf } from "../transcript/replay.ts";
import { joinTexts } from "../transcript/text.ts";
import type { Transcript } from "../transcript/transcript.ts";

/** `start` first and `done` last, as in JSON Lines; a failure is thrown. */
export type TranscriptionEvent =
  | StartEvent
  | PartialEvent
  | FinalEvent
  | ProgressEvent
  | WarningEvent
  | DoneEvent;

/**
 * Events as they come, or the whole at the end. It begins when it is first asked for either, and is
 * done once, however often it is asked: nothing is paid for twice.
 *
 * The first loop over it gets every event; while its reader is busy, recognition waits, unless
 * somebody waits for the transcript. Leaving that loop calls the recognition off, unless somebody
 * does. Later loops get the finals again, from the transcript.
 */
export interface Transcription extends AsyncIterable<TranscriptionEvent> {
  /** Rejects with an `AsrError`, or with the signal's reason where it was aborted. */
  readonly transcript: Promise<Transcript>;
  /** The running text of the transcript. */
  text(): Promise<string>;
}

/** Hands on an event; resolves when the next one is wanted. */
type Tell = (event: JobEvent) => Promise<void>;

/**
 * @param work recognises; it is called once, and ends with `done` or by throwing. Its signal is
 *   aborted where nobody wants the result any more.
 */
export function transcriptionOf(
  work: (tell: Tell, signal: AbortSignal) => Promise<void>,
  asked: AbortSignal | undefined,
): Transcription {
  const stop = new AbortController();
  const { signal } = stop;
  const events: TranscriptionEvent[] = [];
  const result = Promise.withResolvers<Transcript>();
  // Whoever only loops over the events hears of a failure there.
  result.promise.catch(() => {});
  let working: Promise<void> | undefined;
  let end: { readonly error?: unknown } | undefined;
  let hasReader = false;
  let hasLeft = false;
  let isWanted = false;
  /** Wakes the reader; or the work, which waits for it. */
  let news = Promise.withResolvers<void>();
  let room = Promise.withResolvers<void>();

  const tell: Tell = async (event) => {
    if (event.type === "done") result.resolve(event.transcript);
    if (!hasReader || event.type === "response" || event.type === "error") return;
    events.push(event);
    news.resolve();
    if (!isWanted) await room.promise;
    signal.throwIfAborted();
  };

  async function run(): Promise<void> {
    const heed = (): void => stop.abort(asked?.reason);
    asked?.addEventListener("abort", heed, { once: true });
    // Whoever asks for the transcript may begin a loop in the same turn.
    await Promise.resolve();
    try {
      if (asked?.aborted) heed();
      signal.throwIfAborted();
      await work(tell, signal);
      end = {};
    } catch (error) {
      end = { error: signal.aborted ? signal.reason : error };
      result.reject(end.error);
    } finally {
      // A program may have one signal for all its calls: it must not hold on to those that are over.
      asked?.removeEventListener("abort", heed);
    }
    news.resolve();
  }

  const begin = (): Promise<void> => {
    working ??= run();
    return working;
  };
  const letGo = (): void => {
    room.resolve();
    room = Promise.withResolvers();
  };
  signal.addEventListener("abort", letGo, { once: true });

  async function* read(): AsyncGenerator<TranscriptionEvent> {
    begin();
    try {
      for (;;) {
        const event = events.shift();
        if (event !== undefined) {
          yield event;
          continue;
        }
        if (end !== undefined) {
          if ("error" in end && !hasLeft) throw end.error;
          return;
        }
        news = Promise.withResolvers();
        letGo();
        await news.promise;
      }
    } finally {
      leave();
      if (hasLeft) await working;
    }
  }

  function leave(): void {
    hasReader = false;
    events.length = 0;
    if (working !== undefined && end === undefined && !isWanted) {
      hasLeft = true;
      stop.abort(new AsrError("interrupted", "the reader of the events left"));
    }
    letGo();
  }

  /** Streams made of the events are left while they wait for one: a generator alone would hear of it later. */
  function reader(): AsyncIterableIterator<TranscriptionEvent> {
    const reading = read();
    return {
      next: () => reading.next(),
      return() {
        leave();
        return reading.return(undefined);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async function* readAgain(): AsyncGenerator<TranscriptionEvent> {
    for (const event of eventsOf(await wanted())) {
      if (event.type !== "response" && event.type !== "error") yield event;
    }
  }

  function wanted(): Promise<Transcript> {
    isWanted = true;
    letGo();
    begin();
    return result.promise;
  }

  let isTaken = false;
  let isBegun = false;
  const markBegun = (): void => {
    queueMicrotask(() => {
      isBegun = true;
    });
  };
  return {
    get transcript() {
      markBegun();
      return wanted();
    },
    text() {
      markBegun();
      const text = wanted().then(({ segments }) => joinTexts(segments.map(({ text }) => text)));
      text.catch(() => {});
      return text;
    },
    [Symbol.asyncIterator]() {
      if (isTaken || isBegun) return readAgain();
      isTaken = true;
      hasReader = true;
      return reader();
    },
  };
}
