/** Segments without measured times, placed where somebody speaks. */
import type { FinalEvent, RecognitionEvent } from "../transcript/events.ts";
import { placeByVoice } from "../transcript/timing/place.ts";
import type { Interval } from "../transcript/transcript.ts";

export interface Placing {
  /** Where somebody speaks in a channel, or in all of them; undefined: nobody knows. */
  readonly speech: (channel: number | undefined) => Promise<readonly Interval[] | undefined>;
  /** Words get times as well. */
  readonly words: boolean;
}

/**
 * Cuts such finals into sentences with approximate times; everything else passes. The channels of
 * one stretch come one after the other: they are sorted by time once they have their times.
 */
export async function* placed(
  events: AsyncIterable<RecognitionEvent>,
  placing: Placing,
): AsyncGenerator<RecognitionEvent> {
  let stretch: FinalEvent[] = [];
  let endMs = 0;
  function* sorted(): Generator<FinalEvent> {
    yield* stretch.sort((a, b) => a.segment.startMs - b.segment.startMs);
    stretch = [];
  }
  for await (const event of events) {
    if (event.type !== "final") {
      yield event;
      continue;
    }
    if (event.segment.startMs >= endMs) yield* sorted();
    endMs = Math.max(endMs, event.segment.endMs);
    stretch.push(...(await placedFinal(event, placing)));
    if (event.segment.channel === undefined) yield* sorted();
  }
  yield* sorted();
}

async function placedFinal(
  event: FinalEvent,
  { speech, words }: Placing,
): Promise<readonly FinalEvent[]> {
  const { segment } = event;
  if (segment.approximate !== true) return [event];
  const voiced = await speech(segment.channel);
  if (voiced === undefined) return [event];
  return placeByVoice(segment, voiced, { words }).map((one) => ({ type: "final", segment: one }));
}
