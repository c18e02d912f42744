/** Reads a finished transcript, whatever wrote it: known by its content, never by its name. */
import { type AsrError, audioError } from "../../errors.ts";
import { transcriptOf } from "../../transcript/json.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { jsonDocuments, looksLikeEventStream } from "./documents.ts";
import { isOurEvents, readEvents } from "./jsonl.ts";
import { looksLikeJson, readSubtitles } from "./subtitle-text.ts";
import { subtitleTranscript } from "./subtitle-transcript.ts";
import { type AnswerReader, answersTranscript } from "./vendor-answers.ts";
import { whisperTranscript } from "./whisper.ts";
import { whisperCppTranscript } from "./whisper-cpp.ts";

export { isSubtitles, readSubtitles } from "./subtitle-text.ts";

const KINDS =
  "asr reads its own JSON and JSON Lines, SRT, WebVTT, the JSON of whisper and OpenAI, and the vendors' answers";

/**
 * @param loadReaders called where the text is JSON of nobody that is known here
 * @throws AsrError kind "audio" for anything else, for a damaged file with the line of the damage.
 */
export async function readStored(
  text: string,
  loadReaders: () => Promise<readonly AnswerReader[]>,
): Promise<Transcript> {
  const plain = text.replace(/^\ufeff/, "");
  if (plain.trim() === "") throw audioError("the file is empty", "name a transcript");
  const subtitles = readSubtitles(plain);
  if (subtitles !== undefined) return subtitleTranscript(subtitles);
  if (!looksLikeJson(plain) && !looksLikeEventStream(plain)) throw unknown();
  const found = jsonDocuments(plain);
  const values = found.documents.map(({ value }) => value);
  const [first] = values;
  if (isOurEvents(found.documents)) return readEvents(found);
  if (isOurs(first)) return transcriptOf(first);
  const answers = values.length === 1 && Array.isArray(first) ? first : values;
  return (
    (await vendorTranscript(answers, loadReaders)) ??
    whisperCppTranscript(first) ??
    whisperTranscript(first) ??
    fail(unknown())
  );
}

function isOurs(value: unknown): boolean {
  return typeof value === "object" && value !== null && "schema_version" in value;
}

/** What only vendors write: a code, or events with a type. */
async function vendorTranscript(
  answers: readonly unknown[],
  loadReaders: () => Promise<readonly AnswerReader[]>,
): Promise<Transcript | undefined> {
  const looksLikeOne = answers.every(
    (answer) =>
      typeof answer === "object" && answer !== null && ("code" in answer || "type" in answer),
  );
  return looksLikeOne ? answersTranscript(answers, await loadReaders()) : undefined;
}

function unknown(): AsrError {
  return audioError("not a transcript that asr knows", KINDS);
}

function fail(error: AsrError): never {
  throw error;
}
