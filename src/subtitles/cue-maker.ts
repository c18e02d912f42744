/** Cues from segments, by whichever style. */
import { sortSegments } from "../transcript/order.ts";
import type { Segment } from "../transcript/transcript.ts";
import type { CueSettings } from "./cue-settings.ts";
import { type Cue, type CueMaker, createPlainCues } from "./cues.ts";
import { createShapedCues } from "./shaped-cues.ts";
import { type SubtitleStyle, withOverrides } from "./style.ts";
import { defaultStyle } from "./styles/table.ts";

/** The style in force; `text` tells the script where neither a style nor a language is named. */
export function styleOf(
  { style, overrides = {}, language, areCues = false }: CueSettings,
  text: string,
): SubtitleStyle {
  const lingering = areCues ? { lingerMs: 0 } : {};
  return withOverrides(style ?? defaultStyle(language, text), { ...lingering, ...overrides });
}

/** Makes cues while segments come, by start; the style is settled by the first that has a text. */
export function createCueMaker(settings: CueSettings): CueMaker {
  let maker: CueMaker | undefined;
  return {
    add(segment) {
      if (maker === undefined) {
        if (segment.text.trim() === "") return [];
        const style = styleOf(settings, segment.text);
        maker = style.asGiven === true ? createPlainCues() : createShapedCues(style, settings);
      }
      return maker.add(segment);
    },
    end: () => maker?.end() ?? [],
  };
}

/** Text enough to tell a script by. */
const SAMPLE_SEGMENTS = 200;

/** The cues of all segments, in whatever order they are. */
export function cuesOf(segments: readonly Segment[], settings: CueSettings): Cue[] {
  const sample = segments.slice(0, SAMPLE_SEGMENTS).map(({ text }) => text);
  const style = settings.style ?? defaultStyle(settings.language, sample.join(" "));
  const maker = createCueMaker({ ...settings, style });
  const cues = sortSegments(segments).flatMap((segment) => maker.add(segment));
  return [...cues, ...maker.end()];
}
