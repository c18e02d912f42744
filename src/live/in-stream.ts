/** What a provider said of a piece of the stream, in the time of the stream. Pure. */
import type { RecognitionEvent } from "../transcript/events.ts";
import type { Interval, Segment } from "../transcript/transcript.ts";

/** @param offsetMs where the piece begins */
export function inStream(event: RecognitionEvent, offsetMs: number): RecognitionEvent {
  const later = <T extends Interval>(interval: T): T => ({
    ...interval,
    startMs: interval.startMs + offsetMs,
    endMs: interval.endMs + offsetMs,
  });
  switch (event.type) {
    case "final":
    case "partial": {
      const segment: Segment = later(event.segment);
      const { words } = segment;
      return {
        ...event,
        segment: words === undefined ? segment : { ...segment, words: words.map(later) },
      };
    }
    case "progress":
      return { ...event, audioMs: event.audioMs + offsetMs };
    case "response":
      return event.speech === undefined ? event : { ...event, speech: event.speech.map(later) };
    default:
      return event;
  }
}
