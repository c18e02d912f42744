/** A recogniser without weights: it hears what a script says, second by second. */
import type { SpeechScorer } from "../../../src/audio/voice/activity.ts";
import type { HiddenStates } from "../../../src/providers/local/encoder.ts";
import type { GreedyResult } from "../../../src/providers/local/greedy.ts";
import { TIMESTAMP_MS } from "../../../src/providers/local/tokens.ts";
import type { WindowModel } from "../../../src/providers/local/transcribe-window.ts";

const TIMESTAMP_BEGIN = 1_000;
const LETTERS = " abcdefghijklmnopqrstuvwxyz";

/** A sample of this value is silence; any other is speech that says the value. */
const SILENCE = 0;

/** Samples of a script: each letter is a second of speech, a dot a second of silence. */
export function script(text: string): Float32Array {
  return Float32Array.from(
    [...text].flatMap((letter) =>
      Array<number>(16_000).fill(letter === "." ? SILENCE : LETTERS.indexOf(letter)),
    ),
  );
}

export const scorer: SpeechScorer = {
  sampleRate: 16_000,
  frameSamples: 512,
  score: async (frame) => (frame.some((sample) => sample !== SILENCE) ? 1 : 0),
};

/** What the model was asked. */
export interface Asked {
  readonly heard: string;
  readonly language: string;
}

export interface FakeOptions {
  /** Letters that are in this language; the rest is in English. */
  readonly chinese?: string;
  /** Called with what was heard; gives another result than that. */
  readonly answer?: (heard: string) => Partial<GreedyResult & { noSpeechProbability: number }>;
}

/** Its "states" are one letter each 20 ms; it writes each letter that it hears, with its times. */
export function fakeModel({ chinese = "", answer = () => ({}) }: FakeOptions = {}) {
  const asked: Asked[] = [];
  const isChinese = (value: number) => chinese.includes(LETTERS[value] ?? " ");
  const model: WindowModel = {
    name: "fake",
    special: { timestampBegin: TIMESTAMP_BEGIN },
    vocabulary: { textOf: (tokens) => tokens.map((token) => LETTERS[token] ?? "").join("") },
    async encode(samples) {
      const values = Float32Array.from({ length: 1_500 }, (_, state) => samples[state * 320] ?? 0);
      return { values, stateCount: 1_500, width: 1 };
    },
    async languages({ values }) {
      const speech = [...values].filter((value) => value !== SILENCE);
      const share = speech.filter(isChinese).length / speech.length;
      return new Map([
        ["zh", share],
        ["en", 1 - share],
      ]);
    },
    async decode(states, language) {
      const tokens = letterTokens(states);
      const heard = tokens.filter((token) => token < TIMESTAMP_BEGIN);
      const text = heard.map((token) => LETTERS[token]).join("");
      asked.push({ heard: text, language });
      return {
        tokens,
        averageLogProbability: -0.2,
        ending: "end-of-text",
        noSpeechProbability: 0,
        ...answer(text),
      };
    },
  };
  return { model, asked };
}

function letterTokens({ values }: HiddenStates): number[] {
  const tokens: number[] = [];
  let start = 0;
  for (let state = 1; state <= values.length; state++) {
    if (values[state] === values[start]) continue;
    const letter = values[start] ?? SILENCE;
    if (letter !== SILENCE) tokens.push(timestamp(start), letter, timestamp(state));
    start = state;
  }
  return tokens;
}

function timestamp(state: number): number {
  return TIMESTAMP_BEGIN + (state * 20) / TIMESTAMP_MS;
}
