/** The text of a transcript file, by its format: what is said in it and nothing else. */
import { audioError } from "../../errors.ts";
import { readTranscript } from "../../transcript/json.ts";
import { joinTexts, textLines } from "../../transcript/text.ts";

type ReadText = (content: string) => string;

/** Tags of subtitles (<i>, <v Roger>, <00:01.000>, {\an8}) and the references that VTT writes. */
const TAGS = /<\/?[a-z0-9.:][^>]*>|\{\\[^}]*\}/gi;
const REFERENCES = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&nbsp;", " "],
  ["&lrm;", ""],
  ["&rlm;", ""],
]);

const TIMES = /^\s*(?:\d+:)?\d+:\d+[.,]\d+\s*-->\s*(?:\d+:)?\d+:\d+[.,]\d+/;

/** The lines below the times of each block; blocks without times (numbers, NOTE, STYLE) say nothing. */
function cueText(content: string): string {
  const blocks = content.replace(/\r\n?/g, "\n").split(/\n[^\S\n]*\n+/);
  const lines = blocks.flatMap((block) => {
    const all = block.split("\n");
    const times = all.findIndex((line) => TIMES.test(line));
    return times === -1 ? [] : all.slice(times + 1);
  });
  return joinTexts(
    lines.map((line) =>
      line
        .replace(TAGS, "")
        .replace(/&[a-z]+;/g, (reference) => REFERENCES.get(reference) ?? reference),
    ),
  );
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

function jsonText(content: string): string {
  return joinTexts(readTranscript(content).segments.map(({ text }) => text));
}

/** By the extension, without the dot. A folder's file of none of them is no transcript. */
const READERS: ReadonlyMap<string, ReadText> = new Map([
  ["json", jsonText],
  ["txt", (content) => joinTexts(textLines(content))],
  ["srt", cueText],
  ["vtt", cueText],
  ["tsv", tsvText],
]);

/** Where a run has several formats of one transcript, the first of these is read. */
export const TEXT_EXTENSIONS: readonly string[] = [...READERS.keys()];

/** What a text from a pipe is, which has no name. */
function formatOf(content: string): string {
  if (/^\s*\{/.test(content)) return "json";
  if (/^WEBVTT/.test(content)) return "vtt";
  return content.split("\n", 3).some((line) => TIMES.test(line)) ? "srt" : "txt";
}

/**
 * Line breaks are no part of a text: its lines are joined as running text.
 *
 * @param extension without the dot; undefined: judged by the content
 * @throws AsrError kind "audio" for a broken or newer JSON, and a TSV without a column "text"
 */
export function textOf(content: string, extension?: string): string {
  const plain = content.replace(/^\ufeff/, "");
  const read = READERS.get(extension ?? formatOf(plain)) ?? READERS.get("txt");
  return read === undefined ? plain : read(plain);
}
