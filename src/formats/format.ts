/** What a transcript format is: data and a writer that turns a job's events into text. */
import type { CueSettings } from "../subtitles/cue-settings.ts";
import type { JobEvent } from "../transcript/events.ts";
import type { Warning } from "../transcript/transcript.ts";

/** How a transcript is written; the cue settings are those of subtitles. */
export interface FormatOptions extends CueSettings {
  /** `json`: an indented document (default), or one on a single line. */
  readonly pretty?: boolean;
  /** `jsonl`: name of the input that each event belongs to, where several share one stream. */
  readonly input?: string;
  /** Subtitles: cues are written while segments come, by what is known then. */
  readonly live?: boolean;
  /** `vtt`, `ass` and `lrc`: times of words too, where they were measured. */
  readonly karaoke?: boolean;
  /** Subtitles: told of what no subtitle can mend. */
  readonly warn?: (warning: Warning) => void;
}

export interface FormatWriter {
  /**
   * The text to append to the result after this event, often none. Finals come by start time;
   * `done` or `error` comes last and lets out what was held back.
   */
  write(event: JobEvent): string;
}

/** How the transcripts of several inputs stand on one stream. */
export interface Sharing {
  /** Put between two transcripts. */
  readonly separator: string;
  /** True where lines of several jobs may alternate. */
  readonly interleaved: boolean;
}

export interface TranscriptFormat {
  /** As `--format` takes it. */
  readonly name: string;
  /** Of its files, without the dot. */
  readonly extension: string;
  readonly title: string;
  /** What one gets, one line. */
  readonly help: string;
  /** True where a file of it is of use while it grows: it is written event by event. */
  readonly grows?: boolean;
  /** True where nothing is written before the job ends: a file of it can't grow. */
  readonly atEnd?: boolean;
  /** Undefined where one stream holds only one transcript. */
  readonly sharing?: Sharing;
  /** A writer for one job. */
  open(options: FormatOptions): FormatWriter;
}
