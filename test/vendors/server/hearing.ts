/** What a double hears: a test's own ear, or text made from nothing but the audio's length. */
import type { RequestRecord } from "./recorder.ts";

export interface HeardWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface HeardSentence extends HeardWord {
  readonly speaker?: number;
  /** Default: the text cut into words, spread evenly. */
  readonly words?: readonly HeardWord[];
}

/** One channel of the audio, so far as it has come. */
export interface HeardAudio {
  readonly container: string;
  readonly sizeBytes: number;
  readonly durationMs: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** The channel to hear, from 0. */
  readonly channel: number;
  /** Which stream goes on; undefined for a whole recording. */
  readonly stream?: string;
  /** The file as it came, where its samples are not in `pcm`: it is compressed. */
  readonly bytes?: Buffer;
  /** False while a stream goes on. */
  readonly final: boolean;
  /** The request that brought the last of it. */
  readonly request: RequestRecord;
}

/**
 * Turns audio into sentences. For a stream it is asked after every slice with all the audio so
 * far: later answers may extend the last sentence of an earlier one, not rewrite the ones before.
 *
 * @param pcm 16-bit samples of one channel, empty where the container is compressed.
 */
export type Recognise = (
  audio: HeardAudio,
  pcm: Int16Array,
) => readonly HeardSentence[] | Promise<readonly HeardSentence[]>;

/** How much audio each sentence of `hearByLength` covers. */
const SENTENCE_MS = 2000;

const SENTENCES = [
  "你好，欢迎使用语音识别。",
  "Hello world, this is a test.",
  "明天上午九点开会。",
];

/** The default ear: one sentence every two seconds, growing character by character. */
export function hearByLength(audio: HeardAudio): HeardSentence[] {
  const heard: HeardSentence[] = [];
  for (let startMs = 0; startMs < audio.durationMs; startMs += SENTENCE_MS) {
    const index = startMs / SENTENCE_MS;
    const endMs = Math.min(startMs + SENTENCE_MS, audio.durationMs);
    const characters = [...(SENTENCES[index % SENTENCES.length] ?? "")];
    const spoken = Math.ceil((characters.length * (endMs - startMs)) / SENTENCE_MS);
    heard.push({
      text: characters.slice(0, spoken).join("").trimEnd(),
      startMs,
      endMs,
      speaker: index % 2,
    });
  }
  return heard;
}

/** The text of sentences as one. */
export function textOf(sentences: readonly HeardSentence[]): string {
  return sentences.map((sentence) => sentence.text).join("");
}

const TOKEN = /\p{Script=Han}|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|[^\s]/gu;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;

export function isPunctuation(token: string): boolean {
  return PUNCTUATION.test(token);
}

/** The words of a sentence, punctuation as words of its own; times spread over the letters. */
export function wordsOf(sentence: HeardSentence): readonly HeardWord[] {
  if (sentence.words !== undefined) return sentence.words;
  const tokens = sentence.text.match(TOKEN) ?? [];
  const spoken = tokens.filter((token) => !isPunctuation(token));
  const lengthMs = sentence.endMs - sentence.startMs;
  const atMs = (position: number) =>
    sentence.startMs + Math.round((lengthMs * position) / Math.max(1, spoken.length));
  let position = 0;
  return tokens.map((text) => {
    const startMs = atMs(position);
    if (!isPunctuation(text)) position += 1;
    return { text, startMs, endMs: atMs(position) };
  });
}
