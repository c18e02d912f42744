/** Reads a finished transcript, whatever wrote it: known by its content, never by its name. */
import { type AsrError, audioError } from "../../errors.ts";
import { transcriptOf } from "../../transcript/json.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { jsonDocuments, looksLikeEventStream } from "./documents.ts";
import { isOurEvents, readEvents } from "./jsonl.ts";
import { looksLikeSrt, readSrt } from "./srt.ts";
import type { SubtitleFile } from "./subtitle-file.ts";
import { subtitleTranscript } from "./subtitle-transcript.ts";
import { type AnswerReader, answersTranscript } from "./vendor-answers.ts";
import { looksLikeVtt, readVtt } from "./vtt.ts";
import { whisperTranscript } from "./whisper.ts";
import { whisperCppTranscript } from "./whisper-cpp.ts";

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

/** @returns undefined for a text that is neither SRT nor WebVTT. */
export function readSubtitles(text: string): SubtitleFile | undefined {
  if (looksLikeVtt(text)) return readVtt(text);
  if (looksLikeJson(text)) return undefined;
  return looksLikeSrt(text) ? readSrt(text) : undefined;
}

/** Whether {@link readStored} takes a text for a subtitle file. */
export function isSubtitles(text: string): boolean {
  const plain = text.replace(/^\ufeff/, "");
  return looksLikeVtt(plain) || (!looksLikeJson(plain) && looksLikeSrt(plain));
}

/** An object or a list of such; "[Script Info]" and "[00:12.00]" begin other files. */
function looksLikeJson(text: string): boolean {
  return /^\s*(?:\{|\[\s*(?:\{|\]))/.test(text);
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
