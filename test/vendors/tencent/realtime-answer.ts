/** Answers of Tencent realtime (its document, "返回结构"; FACTS for `needvad=1`). */
import { type JsonAnswer, jsonAnswer } from "../server/answer.ts";
import { type HeardSentence, textOf } from "../server/hearing.ts";
import type { JsonObject } from "../server/json/values.ts";
import { encodeText } from "./charset.ts";
import type { RealtimeRequest } from "./realtime-parameters.ts";
import type { Voice } from "./voices.ts";

const BEGIN = 0;
const UNSTABLE = 1;
const STABLE = 2;

/** The answer to a slice, in the encoding that was asked for. */
export function sliceAnswer(
  request: RealtimeRequest,
  voice: Voice,
  heard: readonly HeardSentence[],
): JsonAnswer {
  const silent = request.onlyLast && !request.isEnd;
  const head = { code: 0, message: "成功", voice_id: request.voiceId, seq: request.seq };
  if (!request.needVad) {
    // Cumulative: the whole text so far.
    return inCharset({ ...head, text: silent ? "" : textOf(heard) }, request);
  }
  const list = silent ? [] : resultList(voice, heard, request.isEnd);
  const counted = { result_number: list.length, result_list: list };
  return inCharset({ ...head, text: "", ...counted, final: request.isEnd ? 1 : 0 }, request);
}

/** An error in the shape of the answers. */
export function sliceError(request: RealtimeRequest, code: number, message: string): JsonAnswer {
  const { voiceId, seq } = request;
  const echo = { voice_id: voiceId, seq: Number.isInteger(seq) ? seq : 0 };
  return inCharset({ code, message, ...echo, text: "" }, request);
}

/** The document names no charset in a header: who asked must know. */
function inCharset(value: JsonObject, request: RealtimeRequest): JsonAnswer {
  return {
    ...jsonAnswer(value, { headers: { "content-type": "application/json" } }),
    encode: (text) => encodeText(text, request.charset),
  };
}

/** What is new since the last answer: a sentence is stable once another follows or all ends. */
function resultList(voice: Voice, heard: readonly HeardSentence[], isEnd: boolean): JsonObject[] {
  const stable = isEnd ? heard.length : Math.max(voice.stableCount, heard.length - 1);
  const list = heard.slice(voice.stableCount).map((sentence, offset) => {
    const index = voice.stableCount + offset;
    const unstable = index < voice.begunCount ? UNSTABLE : BEGIN;
    return {
      slice_type: index < stable ? STABLE : unstable,
      index,
      start_time: sentence.startMs,
      end_time: sentence.endMs,
      voice_text_str: sentence.text,
    };
  });
  voice.stableCount = stable;
  voice.begunCount = Math.max(voice.begunCount, heard.length);
  return list;
}
