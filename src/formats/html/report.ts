/** What a report shows, out of a transcript. */
import { cuesOf, styleOf } from "../../subtitles/cue-maker.ts";
import type { CueSettings } from "../../subtitles/cue-settings.ts";
import { checkCues, type Finding, RULES } from "../../subtitles/rules.ts";
import type { SubtitleStyle } from "../../subtitles/style.ts";
import { placedWords } from "../../subtitles/timing/word-times.ts";
import { sortSegments } from "../../transcript/order.ts";
import type { Sound } from "../../transcript/sound.ts";
import { singleLine } from "../../transcript/text.ts";
import { formatTimestamp, VTT_TIMESTAMP } from "../../transcript/time.ts";
import type { Segment, Transcript } from "../../transcript/transcript.ts";
import { measuredText } from "../linting/measured.ts";
import type { ReportData, ReportNote, ReportSegment } from "./report-data.ts";
import { speakerName } from "./speaker-names.ts";

export interface Report extends Omit<ReportData, "nonce"> {
  readonly style: SubtitleStyle;
}

/** @param settings of the subtitles whose cues and faults are marked */
export function reportOf(
  transcript: Transcript,
  settings: CueSettings,
  sound: Sound | undefined,
): Report {
  const { language, speech } = transcript;
  const segments = sortSegments(transcript.segments).filter(({ text }) => singleLine(text) !== "");
  const shaping = {
    ...(language === undefined ? {} : { language }),
    ...(speech === undefined ? {} : { speech }),
    ...settings,
  };
  const style = styleOf(shaping, segments.map(({ text }) => text).join(" "));
  const cues = cuesOf(segments, shaping);
  const notes = notesBySegment(segments, checkCues(cues, style));
  const speakers = [...new Set(segments.flatMap((segment) => speakerName(segment) ?? []))];
  const peaks = sound?.waveform?.peaks;
  return {
    style,
    durationMs: sound?.waveform?.durationMs ?? lengthOf(transcript),
    speakers,
    segments: segments.map((segment, index) =>
      segmentOf(segment, speakers, notes.get(index) ?? []),
    ),
    cues: cues.flatMap(({ startMs, endMs }) => [startMs, endMs]),
    ...(peaks === undefined || peaks.length === 0
      ? {}
      : { peaks: Buffer.from(peaks).toString("base64") }),
  };
}

/** Some transcripts do not say how long their recording was. */
function lengthOf({ durationMs, segments }: Transcript): number {
  return segments.reduce((mostMs, { endMs }) => Math.max(mostMs, endMs), durationMs);
}

function segmentOf(
  segment: Segment,
  speakers: readonly string[],
  notes: readonly ReportNote[],
): ReportSegment {
  const { startMs, endMs, approximate, words = [] } = segment;
  const text = singleLine(segment.text);
  const name = speakerName(segment);
  const placed = placedWords({ text, prefixLength: 0, words, startMs, endMs });
  return {
    startMs,
    endMs,
    text,
    ...(name === undefined ? {} : { speaker: speakers.indexOf(name) }),
    ...(approximate === true ? { isApproximate: true } : {}),
    ...(placed.length === 0
      ? {}
      : { words: placed.flatMap((word) => [word.start, word.end, word.startMs, word.endMs]) }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** A cue's faults stand at the segment that it begins in, by the segment's index. */
function notesBySegment(
  segments: readonly Segment[],
  findings: readonly Finding[],
): ReadonlyMap<number, ReportNote[]> {
  const notes = new Map<number, ReportNote[]>();
  let index = 0;
  for (const finding of findings.toSorted((a, b) => a.atMs - b.atMs)) {
    while ((segments[index + 1]?.startMs ?? Number.POSITIVE_INFINITY) <= finding.atMs) index += 1;
    const before = notes.get(index) ?? [];
    notes.set(index, [...before, noteOf(finding)]);
  }
  return notes;
}

function noteOf({ rule, severity, cue, atMs, measured, limit }: Finding): ReportNote {
  const { unit, title } = RULES.find(({ id }) => id === rule) ?? { unit: "", title: rule };
  const quantity = {
    unit,
    title,
    ...(measured === undefined ? {} : { measured }),
    ...(limit === undefined ? {} : { limit }),
  };
  const place = `cue ${cue}, ${formatTimestamp(atMs, VTT_TIMESTAMP)}`;
  // As `asr lint` says it.
  const text = `${severity}: ${rule}: ${measuredText(quantity)} (${place})`;
  return { severity, startMs: atMs, text };
}
