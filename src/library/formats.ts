/** Transcripts and subtitles as texts. */
import { audioError } from "../errors.ts";
import type { FormatOptions } from "../formats/format.ts";
import type { LintFinding } from "../formats/linting/finding.ts";
import { lintFile, shownCues } from "../formats/linting/lint-file.ts";
import { readSubtitles } from "../formats/reading/subtitle-text.ts";
import { FORMATS, formatTranscript } from "../formats/table.ts";
import { styleOf } from "../subtitles/cue-maker.ts";
import type { StyleOverrides } from "../subtitles/style.ts";
import { styleNamed } from "../subtitles/styles/table.ts";
import type { Sound } from "../transcript/sound.ts";
import type { Transcript, Warning } from "../transcript/transcript.ts";
import type { FormatName } from "./options.ts";

/** Subtitle styles, as `--style` names them. */
export type StyleName = "netflix-zh" | "netflix-en" | "bbc" | "plain";

export interface StyleOptions {
  /** Undefined: the one that goes with the language. */
  readonly style?: StyleName | undefined;
  /** Rules of the style that are to be others. */
  readonly overrides?: StyleOverrides | undefined;
  /** BCP 47; undefined: the script of the text tells. */
  readonly language?: string | undefined;
}

export interface WriteOptions extends StyleOptions {
  /** How it is shown who speaks (default: "none"). */
  readonly speakers?: "none" | "dash" | "name" | undefined;
  /** Words that a line does not tear apart. */
  readonly hotwords?: readonly string[] | undefined;
  /** The transcript was read from a subtitle file: its segments are cues already. */
  readonly areCues?: boolean | undefined;
  /** Times of words within cues, for vtt, ass and lrc. */
  readonly karaoke?: boolean | undefined;
  /** Of `json`: indented (default), or on one line. */
  readonly pretty?: boolean | undefined;
  /** Of `html`: the recording, with its waveform. */
  readonly sound?: Sound | undefined;
  /** Told of what no subtitle can mend. */
  readonly warn?: ((warning: Warning) => void) | undefined;
}

/** What `asr format` and `asr lint` do, on texts. */
export interface Formats {
  /** As `--format` takes them. */
  readonly names: readonly FormatName[];
  /**
   * The transcript in a format: the bytes that `asr format` writes; `html` without the recording
   * where `sound` gives none.
   *
   * @throws AsrError kind "usage" for an unknown format or style
   */
  write(transcript: Transcript, format: FormatName, options?: WriteOptions): string;
  /**
   * A finished transcript, known by its content: our JSON and JSON Lines, SRT, WebVTT, the JSON of
   * whisper and OpenAI, and the vendors' own answers.
   *
   * @throws AsrError kind "audio" for anything else, with the line of the damage
   */
  read(text: string): Promise<Transcript>;
  /**
   * What of SRT or WebVTT breaks the rules of a style, or of its own form; by line.
   *
   * @throws AsrError kind "audio" for what is no subtitles, "usage" for an unknown style
   */
  lint(text: string, options?: StyleOptions): LintFinding[];
}

function write(transcript: Transcript, format: FormatName, options: WriteOptions = {}): string {
  const { style, ...rest } = options;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return formatTranscript(format, transcript, {
    ...(Object.fromEntries(given) as FormatOptions),
    ...(style === undefined ? {} : { style: styleNamed(style) }),
  });
}

async function read(text: string): Promise<Transcript> {
  // Loaded by whoever reads: it brings the schemas.
  const [{ readStored }, { loadAnswerReaders }] = await Promise.all([
    import("../formats/reading/read.ts"),
    import("./answer-readers.ts"),
  ]);
  return readStored(text, loadAnswerReaders);
}

function lint(text: string, { style, overrides, language }: StyleOptions = {}): LintFinding[] {
  const file = readSubtitles(text.replace(/^\ufeff/, ""));
  if (file === undefined) {
    throw audioError("not subtitles", "give SRT or WebVTT; write makes them of a transcript");
  }
  const sample = shownCues(file)
    .slice(0, 200)
    .flatMap(({ lines }) => lines)
    .join(" ");
  const rules = {
    ...(style === undefined ? {} : { style: styleNamed(style) }),
    ...(overrides === undefined ? {} : { overrides }),
    ...(language === undefined ? {} : { language }),
  };
  return lintFile(file, styleOf(rules, sample));
}

export const formats: Formats = {
  names: FORMATS.map(({ name }) => name as FormatName),
  write,
  read,
  lint,
};
