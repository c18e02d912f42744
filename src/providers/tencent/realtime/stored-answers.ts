/** Stored answers of Tencent realtime, one a slice: the sentences of `needvad=1`, else the last text. */
import { z } from "zod";
import type { FinalEvent, RecognitionEvent } from "../../../transcript/events.ts";
import { estimatedSegments } from "../../../transcript/timing/estimate.ts";
import type { Segment } from "../../../transcript/transcript.ts";
import { type SliceAnswer, storedSliceAnswer } from "./answer.ts";
import { SentenceList } from "./sentences.ts";

const STORED = z.array(
  z.looseObject({
    code: z.literal(0),
    voice_id: z.union([z.string(), z.number()]),
    seq: z.union([z.string(), z.number()]),
  }),
);

/** @returns undefined for anything but answers of one voice, in their order. */
export function storedRealtimeEvents(answers: readonly unknown[]): RecognitionEvent[] | undefined {
  const { data } = STORED.min(1).safeParse(answers);
  if (data === undefined) return undefined;
  const slices = data.map(storedSliceAnswer);
  const [voiceId] = new Set(slices.map((slice) => slice.voiceId));
  if (slices.some((slice) => slice.voiceId !== voiceId)) return undefined;
  const finals = segmentsOf(slices).map((segment): FinalEvent => ({ type: "final", segment }));
  return [
    ...finals,
    { type: "response", ...(voiceId === undefined ? {} : { requestId: voiceId }) },
  ];
}

function segmentsOf(slices: readonly SliceAnswer[]): Segment[] {
  const list = new SentenceList();
  for (const { sentences } of slices) list.take(sentences);
  if (list.isEmpty) {
    return estimatedSegments(slices.findLast(({ text }) => text.trim() !== "")?.text ?? "");
  }
  return list
    .drain()
    .flatMap(({ text, startMs, endMs }) => (text === "" ? [] : [{ text, startMs, endMs }]));
}
