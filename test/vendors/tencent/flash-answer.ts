/** The answer of Tencent flash (document 3.4, 3.7). */
import {
  type HeardSentence,
  type HeardWord,
  isPunctuation,
  textOf,
  wordsOf,
} from "../server/hearing.ts";
import type { JsonObject } from "../server/json/values.ts";

/** One entry of `flash_result`. */
export function flashResult(
  channel: number,
  heard: readonly HeardSentence[],
  parameters: Readonly<Record<string, string>>,
): JsonObject {
  const wordInfo = parameters.word_info ?? "0";
  const maxLength = Number(parameters.sentence_max_length ?? 0);
  const diarised = parameters.speaker_diarization === "1";
  const sentences = heard
    .flatMap((sentence) => (wordInfo === "3" ? cut(sentence, endsAtPunctuation) : [sentence]))
    .flatMap((sentence) => (maxLength > 0 ? cut(sentence, longerThan(maxLength)) : [sentence]));
  return {
    text: textOf(heard),
    channel_id: channel,
    sentence_list: sentences.map((sentence) => ({
      text: sentence.text,
      start_time: sentence.startMs,
      end_time: sentence.endMs,
      // The document's example carries a speaker_id of 0 without diarisation too.
      speaker_id: diarised ? (sentence.speaker ?? 0) : 0,
      ...(wordInfo === "0" ? {} : { word_list: wordList(sentence, wordInfo !== "1") }),
    })),
  };
}

function wordList(sentence: HeardSentence, punctuation: boolean): JsonObject[] {
  return wordsOf(sentence)
    .filter((word) => punctuation || !isPunctuation(word.text))
    .map((word) => ({
      word: word.text,
      start_time: word.startMs,
      end_time: word.endMs,
      stable_flag: 1,
    }));
}

/** Whether a piece ends after `word`, the last of `piece`, with `next` to come. */
type Ends = (piece: readonly HeardWord[], next: HeardWord) => boolean;

const endsAtPunctuation: Ends = (piece, next) =>
  isPunctuation(piece.at(-1)?.text ?? "") && !isPunctuation(next.text);

function longerThan(maxCharacters: number): Ends {
  const length = (words: readonly HeardWord[]) =>
    words.reduce((sum, word) => sum + (isPunctuation(word.text) ? 0 : [...word.text].length), 0);
  return (piece, next) => length([...piece, next]) > maxCharacters;
}

/** Cuts a sentence between words; the text of a piece is the part of the text they cover. */
function cut(sentence: HeardSentence, ends: Ends): HeardSentence[] {
  const pieces: HeardWord[][] = [];
  for (const word of wordsOf(sentence)) {
    const last = pieces.at(-1);
    if (last === undefined || ends(last, word)) pieces.push([word]);
    else last.push(word);
  }
  let from = 0;
  return pieces.map((words) => {
    const start = from;
    for (const word of words) {
      const at = sentence.text.indexOf(word.text, from);
      if (at >= 0) from = at + word.text.length;
    }
    return {
      ...sentence,
      text: sentence.text.slice(start, from).trim(),
      startMs: words[0]?.startMs ?? sentence.startMs,
      endMs: words.at(-1)?.endMs ?? sentence.endMs,
      words,
    };
  });
}
