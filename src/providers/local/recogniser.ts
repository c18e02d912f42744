/** A stream of samples becomes events: speech is found, packed into windows and written down. */
import type { VoiceActivity } from "../../audio/voice/activity.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import type { Interval } from "../../transcript/transcript.ts";
import type { LanguageChoice } from "./languages.ts";
import { chinesePunctuation } from "./punctuation.ts";
import { SampleBuffer } from "./samples.ts";
import { drawToSpeech } from "./settle.ts";
import { transcribeWindow, type WindowModel, type WindowResult } from "./transcribe-window.ts";
import { SAMPLE_RATE } from "./whisper-input.ts";
import { nextWindow, WINDOW_RULES } from "./windows.ts";

export interface RecogniserOptions {
  readonly choice: LanguageChoice;
  /** Whether the model's own answers are wanted. */
  readonly raw: boolean;
  /** What was spoken before the audio, where that is known; BCP 47. */
  readonly languageBefore: string | undefined;
}

/** Silence is reported as progress in steps of this length. */
const PROGRESS_MS = 1_000;
/** Something to read; punctuation alone is not. */
const READABLE = /[\p{L}\p{N}]/u;

/**
 * Recognises a recording. At most a window and one block of it are held.
 *
 * @param blocks mono, 16 kHz, full scale ±1, of any length
 */
export async function* recogniseSpeech(
  blocks: AsyncIterable<Float32Array>,
  model: WindowModel,
  activity: VoiceActivity,
  options: RecogniserOptions,
): AsyncGenerator<RecognitionEvent> {
  const recogniser = new Recogniser(model, activity, options);
  for await (const block of blocks) yield* recogniser.push(block);
  yield* recogniser.finish();
}

class Recogniser {
  readonly #model: WindowModel;
  readonly #activity: VoiceActivity;
  readonly #options: RecogniserOptions;
  readonly #samples = new SampleBuffer(SAMPLE_RATE);
  #speech: Interval[] = [];
  /** Everything before is done with. */
  #doneMs = 0;
  #reportedMs = 0;
  #language: string | undefined;
  #spoke = false;

  constructor(model: WindowModel, activity: VoiceActivity, options: RecogniserOptions) {
    this.#model = model;
    this.#activity = activity;
    this.#options = options;
    this.#language = options.languageBefore;
  }

  async *push(block: Float32Array): AsyncGenerator<RecognitionEvent> {
    this.#samples.push(block);
    this.#speech.push(...(await this.#activity.push(block)));
    yield* this.#windows(false);
    yield* this.#silence();
  }

  async *finish(): AsyncGenerator<RecognitionEvent> {
    this.#speech.push(...(await this.#activity.finish()));
    yield* this.#windows(true);
    yield { type: "progress", audioMs: this.#samples.endMs };
    if (this.#spoke) return;
    yield { type: "response", model: this.#model.name };
    const message = "no speech was found in the audio";
    yield { type: "warning", warning: { code: "no-speech", message } };
  }

  async *#windows(ended: boolean): AsyncGenerator<RecognitionEvent> {
    while (true) {
      const soFar = {
        intervals: this.#speech,
        openSinceMs: this.#activity.openSinceMs,
        analysedMs: ended ? this.#samples.endMs : this.#activity.analysedMs,
        ended,
      };
      const window = nextWindow(soFar, this.#doneMs, WINDOW_RULES);
      if (window === undefined) return;
      const result = await transcribeWindow(this.#model, {
        window,
        rules: WINDOW_RULES,
        choice: this.#options.choice,
        languageBefore: this.#language,
        samples: (startMs, endMs) => this.#samples.slice(startMs, endMs),
      });
      yield* this.#report(result);
      this.#forgetBefore(result.resumeMs);
      yield this.#progress(result.resumeMs);
    }
  }

  *#report(result: WindowResult): Generator<RecognitionEvent> {
    const { window, spoken, segments, resumeMs } = result;
    let spoke = false;
    for (const { tokens, ...times } of segments) {
      const said = this.#model.vocabulary.textOf(tokens).trim();
      const text = spoken.language === "zh" ? chinesePunctuation(said) : said;
      if (!READABLE.test(text)) continue;
      spoke = true;
      yield { type: "final", segment: { text, ...drawToSpeech(times, window.speech) } };
    }
    if (spoke) {
      this.#spoke = true;
      this.#language = spoken.language;
    }
    if (result.repetitionCut) {
      const message = `the model repeated itself from ${clockTime(window.startMs)} on; the repetitions were cut`;
      yield { type: "warning", warning: { code: "repetition-cut", message } };
    }
    const speech = window.speech
      .filter(({ startMs }) => startMs < resumeMs)
      .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, resumeMs) }));
    yield {
      type: "response",
      model: this.#model.name,
      ...(spoke ? { language: spoken.language } : {}),
      speech,
      ...(this.#options.raw ? { raw: rawAnswer(result) } : {}),
    };
  }

  /** Silence needs no window: it is done with as soon as it was heard. */
  *#silence(): Generator<RecognitionEvent> {
    const { openSinceMs, analysedMs } = this.#activity;
    const waiting = openSinceMs !== undefined || (this.#speech.at(-1)?.endMs ?? 0) > this.#doneMs;
    if (waiting) return;
    this.#forgetBefore(analysedMs - WINDOW_RULES.marginMs);
    if (this.#doneMs - this.#reportedMs >= PROGRESS_MS) yield this.#progress(this.#doneMs);
  }

  #progress(audioMs: number): RecognitionEvent {
    this.#reportedMs = audioMs;
    return { type: "progress", audioMs: Math.min(audioMs, this.#samples.endMs) };
  }

  #forgetBefore(timeMs: number): void {
    if (timeMs <= this.#doneMs) return;
    this.#doneMs = timeMs;
    this.#samples.dropBefore(timeMs);
    this.#speech = this.#speech.filter(({ endMs }) => endMs > timeMs);
  }
}

function clockTime(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** `--raw`: what the model said of a window, in its own terms. */
function rawAnswer({ window, spoken, decoded }: WindowResult): Record<string, unknown> {
  return {
    start_ms: window.startMs,
    end_ms: window.endMs,
    language: spoken.language,
    language_probability: spoken.probability,
    tokens: decoded.tokens,
    avg_logprob: decoded.averageLogProbability,
    no_speech_prob: decoded.noSpeechProbability,
    ending: decoded.ending,
  };
}
