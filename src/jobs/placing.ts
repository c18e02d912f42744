/** Segments without measured times, placed where somebody speaks. */
import type { RecognitionEvent } from "../transcript/events.ts";
import type { Interval, Segment } from "../transcript/transcript.ts";
import { placeByVoice } from "./parts/place.ts";

/**
 * Cuts such finals into sentences with approximate times; everything else passes.
 *
 * @param speech asked for at the first of them; undefined: nobody knows, they stay as they are
 */
export async function* placed(
  events: AsyncIterable<RecognitionEvent>,
  speech: () => Promise<readonly Interval[] | undefined>,
  { words }: { readonly words: boolean },
): AsyncGenerator<RecognitionEvent> {
  for await (const event of events) {
    if (event.type !== "final" || event.segment.approximate !== true) {
      yield event;
      continue;
    }
    const voiced = await speech();
    const segments: readonly Segment[] =
      voiced === undefined ? [event.segment] : placeByVoice(event.segment, voiced, { words });
    for (const segment of segments) yield { type: "final", segment };
  }
}
