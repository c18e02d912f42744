/** What is said in a transcript file and nothing else, for scores. */
import { audioError } from "../errors.ts";
import { isSubtitles, readStored } from "../formats/reading/read.ts";
import { loadAnswerReaders } from "../library/answer-readers.ts";
import { joinTexts, textLines } from "../transcript/text.ts";

/**
 * Extensions of transcripts, without the dot. Where a run has several formats of one, the first of
 * these is read.
 */
export const TEXT_EXTENSIONS: readonly string[] = ["json", "txt", "srt", "vtt", "tsv", "jsonl"];

/**
 * Line breaks are no part of a text: its lines are joined as running text.
 *
 * @param extension without the dot; undefined: judged by the content
 * @throws AsrError kind "audio" for a damaged or newer transcript, and a TSV without a column "text"
 */
export async function saidText(content: string, extension?: string): Promise<string> {
  const plain = content.replace(/^\ufeff/, "");
  if (plain.trim() === "") return "";
  if (extension === "tsv") return tsvText(plain);
  const isTranscript =
    extension === undefined
      ? /^\s*\{/.test(plain) || isSubtitles(plain)
      : extension !== "txt" && TEXT_EXTENSIONS.includes(extension);
  if (!isTranscript) return joinTexts(textLines(plain));
  const { segments } = await readStored(plain, loadAnswerReaders);
  return joinTexts(segments.map(({ text }) => text));
}

/** The columns that asr and whisper write: start, end, text, … */
function tsvText(content: string): string {
  const [heading = "", ...rows] = content.split(/\r\n|\n/);
  const column = heading.split("\t").indexOf("text");
  if (column === -1) {
    throw audioError(
      "the TSV has no column text",
      "its first line names the columns: start, end, text",
    );
  }
  return joinTexts(rows.map((row) => row.split("\t")[column] ?? ""));
}
