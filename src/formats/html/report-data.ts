/** What a report's own script is given: plain data, in the page as JSON. */

/** A rule of subtitles that a cue breaks. */
export interface ReportNote {
  readonly severity: "hard" | "soft";
  /** Of the cue. */
  readonly startMs: number;
  readonly text: string;
}

export interface ReportSegment {
  readonly startMs: number;
  readonly endMs: number;
  /** On one line. */
  readonly text: string;
  /** Index in the report's `speakers`; undefined where nothing tells who speaks. */
  readonly speaker?: number;
  /** The times were not measured. */
  readonly isApproximate?: true;
  /**
   * Four numbers a word: where it begins and ends in the text, in UTF-16 code units, and in the
   * recording, in milliseconds.
   */
  readonly words?: readonly number[];
  readonly notes?: readonly ReportNote[];
}

export interface ReportData {
  readonly durationMs: number;
  /** As they are called, in the order in which they first speak. */
  readonly speakers: readonly string[];
  /** By start. */
  readonly segments: readonly ReportSegment[];
  /** Two numbers a subtitle: its start and end in milliseconds. */
  readonly cues: readonly number[];
  /** Loudest samples of equally long stretches, 0 to 255, as base64; undefined where not known. */
  readonly peaks?: string;
  /** For the one style sheet that the waveform's library brings. */
  readonly nonce: string;
}
