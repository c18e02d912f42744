/** One slice's answer (realtime document, "返回结构"; `needvad=1`: newer document). Lenient. */
import { z } from "zod";
import { AsrError } from "../../../errors.ts";
import { readJson } from "../../../http/answer.ts";
import type { HttpResponse } from "../../../http/transport.ts";
import { type AnswerBody, succeeded } from "../answer.ts";
import { withEncoding } from "./charset.ts";
import { REALTIME_API } from "./codes.ts";

const timeMs = z.coerce.number().nonnegative().transform(Math.round).catch(0);

const sentenceSchema = z.looseObject({
  /** 0: begins, 1: may still change, 2: stays. */
  slice_type: z.coerce.number().catch(1),
  index: z.coerce.number().int().catch(0),
  start_time: timeMs,
  end_time: timeMs,
  voice_text_str: z.string().catch(""),
});

const identifier = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);

const answerSchema = z.looseObject({
  /** The document calls it a number, and shows a text. */
  voice_id: identifier,
  seq: identifier,
  text: z.string().catch(""),
  result_list: z.array(sentenceSchema).catch([]),
});

/** A sentence of `needvad=1`. */
export interface Sentence {
  readonly index: number;
  readonly isStable: boolean;
  readonly text: string;
  /** From the start of the voice. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface SliceAnswer {
  /** `needvad=0`: all text so far; replaces what came before. */
  readonly text: string;
  readonly sentences: readonly Sentence[];
  readonly body: AnswerBody;
}

/** What an answer must echo. */
export interface SliceIdentity {
  readonly voiceId: string;
  readonly seq: number;
}

/**
 * Reads a slice's answer.
 *
 * @param encodings The likeliest first.
 * @throws AsrError as the code's row says; an answer to another slice counts as lost.
 */
export async function readSliceAnswer(
  response: HttpResponse,
  slice: SliceIdentity,
  encodings: readonly string[],
): Promise<SliceAnswer> {
  const { response: held, ...options } = await withEncoding(response, encodings);
  const body = succeeded(REALTIME_API, response, await readJson(held, options), slice.voiceId);
  const answer = answerSchema.parse(body);
  const { voice_id: voiceId = slice.voiceId, seq = String(slice.seq) } = answer;
  if (voiceId !== slice.voiceId || seq !== String(slice.seq)) throw strayAnswer(slice);
  return { text: answer.text, body, sentences: sentencesOf(answer) };
}

/** An answer that was stored: whatever voice and slice it is for. */
export function storedSliceAnswer(body: AnswerBody): SliceAnswer & { readonly voiceId?: string } {
  const answer = answerSchema.parse(body);
  const { text, voice_id: voiceId } = answer;
  const voice = voiceId === undefined ? {} : { voiceId };
  return { text, body, sentences: sentencesOf(answer), ...voice };
}

function sentencesOf({ result_list: sentences }: z.output<typeof answerSchema>): Sentence[] {
  return sentences.map((sentence) => ({
    index: sentence.index,
    isStable: sentence.slice_type === 2,
    text: sentence.voice_text_str.trim(),
    startMs: sentence.start_time,
    endMs: Math.max(sentence.start_time, sentence.end_time),
  }));
}

function strayAnswer({ voiceId, seq }: SliceIdentity): AsrError {
  return new AsrError("network", "Tencent realtime answered for another slice", {
    reason: `voice_id and seq are not those of slice ${seq}`,
    hint: "look for a gateway or cache in between that mixes up answers",
    provider: REALTIME_API.id,
    requestId: voiceId,
    retryable: true,
    outcomeUnknown: true,
  });
}
