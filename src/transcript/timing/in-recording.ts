/** What a provider said of a part, in the time of the recording. */
import type { RecognitionEvent } from "../events.ts";
import type { Segment, Word } from "../transcript.ts";
import type { TimeMap } from "./time-map.ts";

/** The silence that is kept around speech where the rest of it is left out. */
export const SEAM_PADDING_MS = 300;

/** Progress is left as it is: it counts audio that was worked through, wherever it lies. */
export function inRecording(event: RecognitionEvent, map: TimeMap): RecognitionEvent {
  if (event.type === "final" || event.type === "partial") {
    return { ...event, segment: segmentInRecording(event.segment, map) };
  }
  if (event.type === "response" && event.speech !== undefined) {
    return { ...event, speech: event.speech.flatMap((interval) => map.stretches(interval)) };
  }
  return event;
}

function segmentInRecording(segment: Segment, map: TimeMap): Segment {
  const bounds = map.interval(segment, SEAM_PADDING_MS);
  const within = (ms: number): number => Math.min(Math.max(ms, bounds.startMs), bounds.endMs);
  const wordInRecording = (word: Word): Word => {
    const { startMs, endMs } = map.interval(word, SEAM_PADDING_MS);
    return { ...word, startMs: within(startMs), endMs: within(endMs) };
  };
  return {
    ...segment,
    ...bounds,
    ...(segment.words === undefined ? {} : { words: segment.words.map(wordInRecording) }),
  };
}
