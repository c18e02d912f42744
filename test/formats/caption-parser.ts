/** The parser of a web player (vidstack), typed here: its own declarations do not resolve. */
import * as mediaCaptions from "media-captions";

export interface ParsedCue {
  /** Seconds. */
  readonly startTime: number;
  readonly endTime: number;
  readonly text: string;
}

export interface CueNode {
  readonly type: string;
  /** Of `type` "text". */
  readonly data?: string;
  readonly children?: readonly CueNode[];
}

interface CaptionParser {
  parseText(
    text: string,
    options: { readonly type: "srt" | "vtt"; readonly strict: boolean },
  ): Promise<{ readonly cues: readonly ParsedCue[]; readonly errors: readonly Error[] }>;
  tokenizeVTTCue(cue: ParsedCue): readonly CueNode[];
}

export const { parseText, tokenizeVTTCue } = mediaCaptions as unknown as CaptionParser;
