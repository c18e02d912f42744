/** What a provider said of a part, in the time of the recording. */
import type { RecognitionEvent } from "../events.ts";
import type { Segment } from "../transcript.ts";
import type { TimeMap } from "./time-map.ts";

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
  return {
    ...segment,
    ...map.interval(segment),
    ...(segment.words === undefined
      ? {}
      : { words: segment.words.map((word) => ({ ...word, ...map.interval(word) })) }),
  };
}
