/** A part of a recording: what one request is given to recognise. */
import type { Interval } from "../../transcript/transcript.ts";

export interface AudioPart {
  /**
   * The stretches of the recording that are sent, in order and end to end: one, or several where
   * the silence between them is left out.
   */
  readonly pieces: readonly Interval[];
  /** How much of its beginning the part before it has as well: it was cut where nobody paused. */
  readonly overlapMs: number;
}

/** How a recording is cut. */
export interface PartRules {
  /** The longest a part may be, silence that is left out not counted. */
  readonly maxMs: number;
  /** Long silences are not sent. */
  readonly skipSilence: boolean;
}
