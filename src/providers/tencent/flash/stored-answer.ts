/** A stored answer of Tencent flash: read as one that has just come, without its question. */
import { z } from "zod";
import type { RecognitionEvent } from "../../../transcript/events.ts";
import { flashEvents, type Question } from "./answer.ts";

const STORED = z.looseObject({
  code: z.literal(0),
  flash_result: z.array(
    z.looseObject({
      sentence_list: z
        .array(z.looseObject({ speaker_id: z.unknown() }))
        .optional()
        .catch(undefined),
    }),
  ),
});

/** @returns undefined for anything but one answer of this API. */
export function storedFlashEvents(answers: readonly unknown[]): RecognitionEvent[] | undefined {
  const [answer] = answers;
  const { data } = STORED.safeParse(answer);
  if (data === undefined || answers.length > 1) return undefined;
  const results = data.flash_result;
  const sentences = results.flatMap((result) => result.sentence_list ?? []);
  const speakers = new Set(sentences.map((sentence) => sentence.speaker_id));
  const question: Question = {
    plan: {
      engine: "",
      query: {
        // Without diarisation every sentence has a speaker_id of 0 (document, 3.7).
        speaker_diarization: speakers.size > 1 ? "1" : "0",
        first_channel_only: results.length > 1 ? "0" : "1",
      },
    },
    settings: { words: true, subtitles: true, raw: false },
    audio: { channels: results.length },
  };
  const body = { ...data };
  return flashEvents({ body, requestCount: 1, possiblyBilledTwice: false }, question).map(
    (event) => {
      if (event.type !== "response") return event;
      const { model: _, ...facts } = event;
      return facts;
    },
  );
}
