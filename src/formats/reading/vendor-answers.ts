/** Answers of speech vendors, stored as they came. Who can read them comes in as an argument. */
import { z } from "zod";
import { type AsrError, audioError } from "../../errors.ts";
import { createAssembler } from "../../transcript/assemble.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { estimatedTimes } from "./warnings.ts";

export interface AnswerReader {
  /** Of the provider. */
  readonly id: string;
  /** @returns undefined where the answers are not its own. */
  readAnswers(answers: readonly unknown[]): readonly RecognitionEvent[] | undefined;
}

const code = z.union([z.number(), z.string()]);
const FAILED = z.union([
  z.looseObject({ code, message: z.string() }),
  z
    .looseObject({ code, msg: z.string() })
    .transform(({ msg, ...rest }) => ({ ...rest, message: msg })),
  z.looseObject({ type: z.literal("error"), code: code.default("error"), message: z.string() }),
]);

/** @returns undefined where nobody can read them. @throws AsrError kind "audio" for a refusal. */
export function answersTranscript(
  answers: readonly unknown[],
  readers: readonly AnswerReader[],
): Transcript | undefined {
  for (const { id, readAnswers } of readers) {
    const events = readAnswers(answers);
    if (events !== undefined) return assembled(id, events);
  }
  for (const answer of answers) {
    const { data } = FAILED.safeParse(answer);
    if (data !== undefined && Number(data.code) !== 0) throw refused(data.code, data.message);
  }
  return undefined;
}

function assembled(provider: string, events: readonly RecognitionEvent[]): Transcript {
  const assembler = createAssembler({ provider });
  let durationMs = 0;
  for (const event of events) {
    assembler.add(event);
    if (event.type === "final") durationMs = Math.max(durationMs, event.segment.endMs);
    if (event.type === "response") durationMs = Math.max(durationMs, event.durationMs ?? 0);
  }
  const transcript = assembler.transcript({ durationMs });
  const { segments, warnings } = transcript;
  const isGuessed = segments.length > 0 && segments.every(({ approximate }) => approximate);
  return isGuessed ? { ...transcript, warnings: [...warnings, estimatedTimes()] } : transcript;
}

function refused(vendorCode: string | number, message: string): AsrError {
  return audioError(
    "the file holds a vendor's refusal, and no transcript",
    "transcribe the recording again",
    `${vendorCode}: ${message}`,
  );
}
