/** Stored answers of Feishu and Lark, whose hosts they do not tell: text, and no times. */
import { z } from "zod";
import type { FinalEvent, RecognitionEvent } from "../../transcript/events.ts";
import { estimatedSegments } from "../../transcript/timing/estimate.ts";

const data = z.looseObject({
  recognition_text: z.string(),
  stream_id: z.string().optional(),
});

const STORED = z.array(z.looseObject({ code: z.literal(0), data })).min(1);

/** @returns undefined for anything but one answer of `file_recognize`. */
export function storedFileEvents(answers: readonly unknown[]): RecognitionEvent[] | undefined {
  const texts = textsOf(answers, false);
  return texts?.length === 1 ? finalsOf(texts[0] ?? "") : undefined;
}

/** @returns undefined for anything but answers of `stream_recognize`, each with the text so far. */
export function storedStreamEvents(answers: readonly unknown[]): RecognitionEvent[] | undefined {
  const texts = textsOf(answers, true);
  // The end packet is answered with the whole text or, as some say, with none (StreamText.end).
  return texts && finalsOf(texts.findLast((text) => text.trim() !== "") ?? "");
}

function textsOf(answers: readonly unknown[], isStream: boolean): string[] | undefined {
  const stored = STORED.safeParse(answers).data;
  if (stored?.some((answer) => (answer.data.stream_id !== undefined) !== isStream))
    return undefined;
  return stored?.map((answer) => answer.data.recognition_text);
}

function finalsOf(text: string): FinalEvent[] {
  return estimatedSegments(text.trim()).map((segment) => ({ type: "final", segment }));
}
