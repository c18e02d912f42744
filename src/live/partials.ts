/**
 * Partial text from a recogniser that gives none: the utterance that is being spoken is recognised
 * again and again, and what two runs in a row agree on is shown.
 */
import type { PartialEvent, RecognitionEvent } from "../transcript/events.ts";
import { joinTexts } from "../transcript/text.ts";
import type { Interval } from "../transcript/transcript.ts";
import { PartialAgreement } from "./partial-agreement.ts";
import type { Utterance } from "./utterance-cut.ts";

/** Another run is worth it after so much more audio. */
const STEP_MS = 1_000;
/**
 * After so much of a pause the utterance is probably over: the recogniser must be free for it by
 * then, and takes a while to stop.
 */
const STOP_AFTER_PAUSE_MS = 250;

/** Recognises a stretch of the stream. Aborted: throws, once the recogniser is free. */
export type RecogniseStretch = (
  stretch: Interval,
  signal: AbortSignal,
) => AsyncIterable<RecognitionEvent>;

interface PartialRun {
  readonly stopped: AbortController;
  readonly ended: Promise<void>;
}

export class Partials {
  readonly #recognise: RecogniseStretch;
  readonly #onNews: () => void;
  #agreement = new PartialAgreement();
  /** Of the utterance that is looked at. */
  #startMs: number | undefined;
  #heardMs = 0;
  #run: PartialRun | undefined;
  #news: PartialEvent | undefined;

  constructor(recognise: RecogniseStretch, onNews: () => void) {
    this.#recognise = recognise;
    this.#onNews = onNews;
  }

  /**
   * Begins a run where that holds nobody up, or stops the one under way where it would.
   *
   * @param open the utterance that is being spoken
   * @param isIdle whether nobody else wants the recogniser
   */
  look(open: Utterance | undefined, isIdle: boolean): void {
    if (open?.startMs !== this.#startMs) this.#forget(open?.startMs);
    const pauseMs = open === undefined ? 0 : open.endMs - (open.speech.at(-1)?.endMs ?? 0);
    if (open === undefined || !isIdle || pauseMs >= STOP_AFTER_PAUSE_MS) {
      this.#run?.stopped.abort();
      return;
    }
    if (this.#run !== undefined || open.endMs - this.#heardMs < STEP_MS) return;
    this.#heardMs = open.endMs;
    const stopped = new AbortController();
    const stretch = { startMs: open.startMs, endMs: open.endMs };
    this.#run = { stopped, ended: this.#hear(stretch, stopped.signal) };
  }

  /** What is new to be shown since the last call. */
  take(): PartialEvent | undefined {
    const news = this.#news;
    this.#news = undefined;
    return news;
  }

  /** Waits until the recogniser is free. */
  async close(): Promise<void> {
    this.#run?.stopped.abort();
    await this.#run?.ended;
  }

  #forget(startMs: number | undefined): void {
    this.#startMs = startMs;
    this.#heardMs = startMs ?? 0;
    this.#agreement = new PartialAgreement();
    this.#news = undefined;
    this.#run?.stopped.abort();
  }

  /** Never rejects: what fails here fails again where it counts, for the whole utterance. */
  async #hear(stretch: Interval, signal: AbortSignal): Promise<void> {
    const texts: string[] = [];
    try {
      for await (const event of this.#recognise(stretch, signal)) {
        if (event.type === "final") texts.push(event.segment.text);
      }
      if (!signal.aborted && this.#agreement.push(joinTexts(texts))) {
        const { text } = this.#agreement;
        this.#news = { type: "partial", segment: { text, ...stretch, approximate: true } };
      }
    } catch {
      // Stopped, mostly.
    }
    this.#run = undefined;
    this.#onNews();
  }
}
