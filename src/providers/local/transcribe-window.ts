/** One window: from samples to segments, with the second tries that a model needs. */
import type { HiddenStates } from "./encoder.ts";
import type { LanguageChoice } from "./languages.ts";
import { compressionRatio, MAX_COMPRESSION_RATIO } from "./repetition.ts";
import { cutRepetition, readSegments } from "./segments.ts";
import { type Settled, settle } from "./settle.ts";
import {
  decideLanguage,
  type SpokenLanguage,
  stretchesOf,
  stretchStates,
} from "./spoken-language.ts";
import type { Decoded } from "./whisper.ts";
import { closedWindow, longestPauseIndex, type Window, type WindowRules } from "./windows.ts";

/** What is asked of the model; `Whisper` in earnest. */
export interface WindowModel {
  readonly name: string;
  readonly special: { readonly timestampBegin: number };
  readonly vocabulary: { textOf(tokens: readonly number[]): string };
  encode(samples: Float32Array): Promise<HiddenStates>;
  languages(states: HiddenStates): Promise<ReadonlyMap<string, number>>;
  decode(
    states: HiddenStates,
    language: string,
    script: LanguageChoice["script"],
  ): Promise<Decoded>;
}

export interface WindowRequest {
  readonly window: Window;
  readonly rules: WindowRules;
  readonly choice: LanguageChoice;
  /** Of the window before. */
  readonly languageBefore: string | undefined;
  /** Samples of a stretch of the recording. */
  samples(startMs: number, endMs: number): Float32Array;
}

export interface WindowResult extends Settled {
  /** The one that was decoded; it may end earlier than the one asked for. */
  readonly window: Window;
  readonly spoken: Omit<SpokenLanguage, "changeIndex">;
  readonly decoded: Decoded;
  /** Whether a loop was cut out of the text. */
  readonly repetitionCut: boolean;
}

/** No speech where the model says so and is unsure of its text (openai/whisper's thresholds). */
const NO_SPEECH_PROBABILITY = 0.6;
const LEAST_LOG_PROBABILITY = -1;

/**
 * Recognises a window or, where it holds a second language or the model fails, its beginning.
 *
 * Whisper answers a loop by sampling with a temperature. Here the same audio must give the same
 * text, so a window that loops, or says more than the decoder can remember, is cut in its longest
 * pause and tried again: a shorter context mends most loops. Where no pause is left, the loop is
 * cut out of the text. A text that the model is merely unsure of stays: sampling would only give
 * a less likely one.
 */
export async function transcribeWindow(
  model: WindowModel,
  request: WindowRequest,
): Promise<WindowResult> {
  let { window } = request;
  while (true) {
    const heard = await listen(model, window, request);
    window = heard.window;
    const decoded = await model.decode(heard.states, heard.spoken.language, request.choice.script);
    const pauseIndex = longestPauseIndex(window.speech);
    if (failed(model, decoded) && pauseIndex > 0) {
      window = shorten(window, pauseIndex, request.rules);
      continue;
    }
    const repetitionCut = decoded.ending === "loop";
    const silent =
      decoded.noSpeechProbability > NO_SPEECH_PROBABILITY &&
      decoded.averageLogProbability < LEAST_LOG_PROBABILITY;
    const read = silent ? [] : readSegments(decoded.tokens, model.special.timestampBegin);
    const open = window.open || decoded.ending === "too-long";
    const settled = settle(repetitionCut ? cutRepetition(read) : read, { ...window, open });
    return { ...settled, window, spoken: heard.spoken, decoded, repetitionCut };
  }
}

/** Encodes the window and finds its language; ends it where the language changes. */
async function listen(
  model: WindowModel,
  window: Window,
  { rules, choice, languageBefore, samples }: WindowRequest,
): Promise<{ window: Window; states: HiddenStates; spoken: WindowResult["spoken"] }> {
  const states = await model.encode(samples(window.startMs, window.endMs));
  if (choice.language !== undefined) {
    return { window, states, spoken: { language: choice.language, probability: 1 } };
  }
  const stretches = stretchesOf(window.speech);
  const heard = [];
  for (const { startMs, endMs } of stretches) {
    const inWindow = { startMs: startMs - window.startMs, endMs: endMs - window.startMs };
    const languages = await model.languages(stretchStates(states, inWindow));
    heard.push({ lengthMs: endMs - startMs, languages });
  }
  const { changeIndex, ...spoken } = decideLanguage(heard, languageBefore);
  const changeMs = changeIndex === undefined ? undefined : stretches[changeIndex]?.startMs;
  if (changeMs === undefined) return { window, states, spoken };
  const before = window.speech.findIndex(({ startMs }) => startMs >= changeMs);
  const shorter = shorten(window, before, rules);
  return {
    window: shorter,
    states: await model.encode(samples(shorter.startMs, shorter.endMs)),
    spoken,
  };
}

/** The window's first `count` intervals of speech. */
function shorten(window: Window, count: number, rules: WindowRules): Window {
  return closedWindow(window.speech, count, window.startMs, rules);
}

function failed(model: WindowModel, { ending, tokens }: Decoded): boolean {
  if (ending !== "end-of-text") return true;
  const text = model.vocabulary.textOf(
    tokens.filter((token) => token < model.special.timestampBegin),
  );
  return compressionRatio(text) > MAX_COMPRESSION_RATIO;
}
