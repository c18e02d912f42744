import type { Interval } from "../transcript/transcript.ts";
import type { SpeakerStyle, StyleOverrides, SubtitleStyle } from "./style.ts";

/** What cues are made by. */
export interface CueSettings {
  /** Undefined: the one that goes with the language. */
  readonly style?: SubtitleStyle;
  readonly overrides?: StyleOverrides;
  /** BCP 47; undefined or "auto": the script of the first words tells. */
  readonly language?: string;
  /** Default "none". */
  readonly speakers?: SpeakerStyle;
  /** Never torn apart where a line holds them. */
  readonly hotwords?: readonly string[];
  /**
   * True: the segments are a subtitle file's cues. They have stayed on after the last word already,
   * and one ends where somebody wanted it to, mark or not.
   */
  readonly areCues?: boolean;
  /** Where somebody speaks, for text without word times. */
  readonly speech?: readonly Interval[];
}
