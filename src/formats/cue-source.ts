/** The cues of a job, out of its events. */
import { createCueMaker, cuesOf, styleOf } from "../subtitles/cue-maker.ts";
import type { Cue } from "../subtitles/cues.ts";
import { hurryWarning } from "../subtitles/hurry-warning.ts";
import { checkCues } from "../subtitles/rules.ts";
import type { JobEvent } from "../transcript/events.ts";
import type { Segment, Transcript } from "../transcript/transcript.ts";
import type { FormatOptions } from "./format.ts";

/** Gives the cues that an event brings: all at the end, or, of live audio, while it is spoken. */
export type CueSource = (event: JobEvent) => readonly Cue[];

export function openCueSource(options: FormatOptions): CueSource {
  return options.live === true ? liveCues(options) : wholeCues(options);
}

function liveCues(options: FormatOptions): CueSource {
  const maker = createCueMaker(options);
  return (event) => {
    if (event.type === "final") return maker.add(event.segment);
    return event.type === "done" || event.type === "error" ? maker.end() : [];
  };
}

/** With all that is known at the end: the language, and where somebody speaks. */
function wholeCues(options: FormatOptions): CueSource {
  const segments: Segment[] = [];
  let name: string | undefined;
  return (event) => {
    if (event.type === "start") name = event.source?.name;
    if (event.type === "final") segments.push(event.segment);
    if (event.type !== "done" && event.type !== "error") return [];
    const settings = { ...known(event.transcript), ...options };
    const cues = cuesOf(segments, settings);
    if (options.warn !== undefined) {
      const style = styleOf(settings, segments.map(({ text }) => text).join(" "));
      const warning = hurryWarning(checkCues(cues, style), cues.length, name);
      if (warning !== undefined) options.warn(warning);
    }
    return cues;
  };
}

function known(transcript: Transcript | undefined) {
  const { language, speech } = transcript ?? {};
  return {
    ...(language === undefined ? {} : { language }),
    ...(speech === undefined ? {} : { speech }),
  };
}
