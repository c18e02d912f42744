/** What a provider said of a part, in the time of the recording. */
import type { RecognitionEvent } from "../events.ts";
import type { Interval, Segment } from "../transcript.ts";
import type { TimeMap } from "./time-map.ts";

/**
 * Nobody speaks so near to where silence was left out: 300 ms of it are kept on either side, and
 * recognisers let sentences begin where the one before ends, half a second of silence included.
 */
const SEAM_SILENCE_MS = 450;

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

/** Words tell better than the whole on which side of a seam something begins and ends. */
function segmentInRecording(segment: Segment, map: TimeMap): Segment {
  const { startMs, endMs, words } = segment;
  const bounds = (interval: Interval): Interval => map.interval(interval, SEAM_SILENCE_MS);
  const [first, last] = [words?.[0], words?.at(-1)];
  if (words === undefined || first === undefined || last === undefined) {
    return { ...segment, ...bounds(segment) };
  }
  return {
    ...segment,
    startMs: bounds({ startMs, endMs: first.endMs }).startMs,
    endMs: bounds({ startMs: last.startMs, endMs }).endMs,
    words: words.map((word) => ({ ...word, ...bounds(word) })),
  };
}
