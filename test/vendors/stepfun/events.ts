/** The event stream of StepFun (document, "响应"). */
import type { EventAnswer } from "../server/answer.ts";
import { type HeardSentence, textOf, wordsOf } from "../server/hearing.ts";
import type { JsonObject } from "../server/json/values.ts";

export interface EventRules {
  readonly timestamps: boolean;
  /** Deltas without `enable_timestamp`: no times at all, or start and end of 0 (FACTS). */
  readonly timesOtherwise: "absent" | "zero";
  /** Text of `done`, which wins over the joined deltas (FACTS). */
  readonly doneText: (joined: string) => string;
  readonly durationMs: number;
  /** The vendor's clock, in milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Audio tokens of usage: a figure that grows with the audio, no more is known. */
const AUDIO_TOKENS_PER_SECOND = 25;

/** One delta a word (with the spaces and marks before the next), then `done`. */
export function transcriptEvents(heard: readonly HeardSentence[], rules: EventRules): EventAnswer {
  const meta = { session_id: `sse_${rules.nowMs}000000`, timestamp: rules.nowMs };
  const deltas = heard.flatMap((sentence, item) =>
    deltasOf(sentence).map((delta, index): JsonObject => {
      const head = { type: "transcript.text.delta", meta, delta: delta.text };
      const place = { item_id: `item_${item}`, content_index: index };
      if (rules.timestamps) {
        return { ...head, ...place, start_time: delta.startMs, end_time: delta.endMs };
      }
      return rules.timesOtherwise === "zero" ? { ...head, start_time: 0, end_time: 0 } : head;
    }),
  );
  const audioTokens = Math.ceil((rules.durationMs / 1000) * AUDIO_TOKENS_PER_SECOND);
  const done = {
    type: "transcript.text.done",
    meta,
    text: rules.doneText(textOf(heard)),
    usage: {
      type: "realtime_asr",
      input_tokens: audioTokens,
      input_token_details: { text_tokens: 0, audio_tokens: audioTokens },
      output_tokens: deltas.length,
      total_tokens: audioTokens + deltas.length,
    },
  };
  return {
    kind: "events",
    status: 200,
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
    code: 0,
    events: [...deltas, done],
  };
}

/** Pieces of a sentence's text that join to exactly that text. */
function deltasOf(sentence: HeardSentence) {
  const words = wordsOf(sentence);
  let from = 0;
  return words.map((word, index) => {
    const next = words[index + 1];
    const start = from;
    const at = sentence.text.indexOf(word.text, from);
    const wordEnd = at < 0 ? from : at + word.text.length;
    const nextAt = next === undefined ? -1 : sentence.text.indexOf(next.text, wordEnd);
    from = nextAt < 0 && next !== undefined ? wordEnd : nextAt < 0 ? sentence.text.length : nextAt;
    return {
      text: sentence.text.slice(start, from),
      startMs: word.startMs,
      endMs: word.endMs,
    };
  });
}
