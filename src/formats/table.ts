/** The one list of transcript formats. */
import { usageError } from "../errors.ts";
import { eventsOf } from "../transcript/replay.ts";
import type { Sound } from "../transcript/sound.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { ass } from "./ass.ts";
import type { FormatOptions, TranscriptFormat } from "./format.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { jsonl } from "./jsonl.ts";
import { lrc } from "./lrc.ts";
import { srt } from "./srt.ts";
import { tsv } from "./tsv.ts";
import { txt } from "./txt.ts";
import { vtt } from "./vtt.ts";

/** In the order of `--help`; the first is the default. */
export const FORMATS: readonly TranscriptFormat[] = [
  txt,
  srt,
  vtt,
  json,
  jsonl,
  tsv,
  lrc,
  ass,
  html,
];

/** @throws AsrError kind "usage" for a name that is no format */
export function formatNamed(name: string): TranscriptFormat {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (format !== undefined) return format;
  const names = FORMATS.map((candidate) => candidate.name).join(", ");
  throw usageError(`unknown format: ${name}`, `use one of ${names}`);
}

/** @param extension with or without its dot, in any case */
export function formatOfExtension(extension: string): TranscriptFormat | undefined {
  const wanted = extension.replace(/^\./, "").toLowerCase();
  return FORMATS.find((format) => format.extension === wanted);
}

/**
 * A finished transcript in one format: the same bytes as its writer gives for the job's events.
 * `sound` is the recording, for the HTML report.
 *
 * @throws AsrError kind "usage" for a name that is no format
 */
export function formatTranscript(
  name: string,
  transcript: Transcript,
  options: FormatOptions & { readonly sound?: Sound } = {},
): string {
  const { sound, ...rest } = options;
  const writer = formatNamed(name).open(rest);
  return Array.from(eventsOf(transcript, sound), (event) => writer.write(event)).join("");
}
