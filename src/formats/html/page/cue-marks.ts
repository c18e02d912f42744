/** Which cues of the subtitles are drawn in a part of the waveform, and how. */
import type { ReportData, ReportNote, ReportSegment } from "../report-data.ts";

export interface MarkedCue {
  readonly startMs: number;
  readonly endMs: number;
  /** Of the worst rule that it breaks. */
  readonly severity?: ReportNote["severity"];
}

/** @param cues two numbers each: start and end in milliseconds */
export function markedCues(
  cues: ReportData["cues"],
  segments: readonly Pick<ReportSegment, "notes">[],
): MarkedCue[] {
  const notes = segments.flatMap((segment) => segment.notes ?? []);
  const placesOf = (wanted: ReportNote["severity"]): ReadonlySet<number> =>
    new Set(notes.flatMap(({ severity, startMs }) => (severity === wanted ? [startMs] : [])));
  const hard = placesOf("hard");
  const soft = placesOf("soft");
  return Array.from({ length: cues.length / 2 }, (_, index) => {
    const [startMs = 0, endMs = 0] = cues.slice(2 * index, 2 * index + 2);
    if (hard.has(startMs)) return { startMs, endMs, severity: "hard" };
    return soft.has(startMs) ? { startMs, endMs, severity: "soft" } : { startMs, endMs };
  });
}

/** What is seen of the recording, and how many cues can be told apart in it. */
interface View {
  readonly fromMs: number;
  readonly toMs: number;
  readonly most: number;
}

/** All that are seen; where there are too many, the worst that breaks a rule in each stretch. */
export function chosenCues(
  cues: readonly MarkedCue[],
  { fromMs, toMs, most }: View,
): readonly MarkedCue[] {
  const visible = cues.filter(({ startMs, endMs }) => endMs >= fromMs && startMs <= toMs);
  if (visible.length <= most) return visible;
  const chosen = new Map<number, MarkedCue>();
  for (const cue of visible) {
    if (cue.severity === undefined) continue;
    const place = Math.floor((most * (cue.startMs - fromMs)) / (toMs - fromMs));
    const stretch = Math.max(0, Math.min(place, most - 1));
    const before = chosen.get(stretch)?.severity;
    if (before === undefined || (before === "soft" && cue.severity === "hard")) {
      chosen.set(stretch, cue);
    }
  }
  return [...chosen.values()];
}
