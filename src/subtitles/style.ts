/**
 * What a subtitle style is: data. A limit that is left out is not a rule of the style. Which rule
 * is hard and which is soft stands in `rules.ts`, for all styles alike.
 */

/** What happens to commas and full stops of Chinese and Japanese (，。、). */
export type Punctuation =
  /** Nothing. */
  | "keep"
  /** They are left out at the end of a line. */
  | "drop"
  /** As `drop`; inside a line a blank stands in their place (not in that of 、). */
  | "blank";

/** How it is shown who speaks. */
export type SpeakerStyle =
  /** Not at all; speakers never share a cue. */
  | "none"
  /** Two speakers may share a cue, a line each, with a dash before it. */
  | "dash"
  /** The name before the first words of each turn. */
  | "name";

/** What a line is called well shaped by, where it can be chosen. */
export type Balance = "bottom-heavy" | "even";

export interface SubtitleStyle {
  /** As `--style` takes it. */
  readonly id: string;
  readonly title: string;
  /** The document that the numbers come from. */
  readonly source: string;
  /** True: the vendor's segments are shown as they are, a cue each. */
  readonly asGiven?: boolean;
  /** Columns of the screen that the guide counts as one character: 2 where it is a full-width one. */
  readonly columnsPerCharacter: 1 | 2;
  /** Characters a line. */
  readonly maxLine?: number;
  /** Lines a cue. */
  readonly maxLines?: number;
  /** Reading speed in characters a second; blanks and punctuation count. */
  readonly maxCps?: number;
  readonly minDurationMs?: number;
  readonly maxDurationMs?: number;
  /** Least time between two cues: of so many frames, or so long. */
  readonly minGap: { readonly frames: number } | { readonly ms: number };
  /** Shorter gaps are closed to the least gap: they would flicker. 0: gaps stay. */
  readonly closeGapsUnderMs: number;
  /** How long a cue stays after the last word, where there is room. */
  readonly lingerMs: number;
  /** Frames a second, for a gap in frames. */
  readonly fps: number;
  readonly punctuation: Punctuation;
  readonly balance: Balance;
}

/** The least gap in whole milliseconds, rounded down as a time that is written in them. */
export function minGapMs({ minGap, fps }: SubtitleStyle): number {
  return "ms" in minGap ? minGap.ms : Math.floor((minGap.frames * 1000) / fps);
}

/** Rules of a style that the user sets otherwise. */
export interface StyleOverrides {
  readonly maxLine?: number;
  readonly maxLines?: number;
  readonly maxCps?: number;
  readonly minDurationMs?: number;
  readonly maxDurationMs?: number;
  readonly minGapMs?: number;
  readonly lingerMs?: number;
  readonly fps?: number;
  readonly punctuation?: Punctuation;
}

/** A style with the user's rules in place of its own. */
export function withOverrides(style: SubtitleStyle, overrides: StyleOverrides): SubtitleStyle {
  const { minGapMs: ms, ...limits } = overrides;
  const gap = ms === undefined ? {} : { minGap: { ms } };
  return { ...style, ...limits, ...yieldingDurations(style, overrides), ...gap };
}

/** Where one duration is the user's and the style's other contradicts it, that one gives way. */
function yieldingDurations(
  style: SubtitleStyle,
  { minDurationMs, maxDurationMs }: StyleOverrides,
): Pick<StyleOverrides, "minDurationMs" | "maxDurationMs"> {
  if (minDurationMs !== undefined && maxDurationMs !== undefined) return {};
  if (minDurationMs !== undefined && minDurationMs > (style.maxDurationMs ?? minDurationMs)) {
    return { maxDurationMs: minDurationMs };
  }
  if (maxDurationMs !== undefined && maxDurationMs < (style.minDurationMs ?? maxDurationMs)) {
    return { minDurationMs: maxDurationMs };
  }
  return {};
}
