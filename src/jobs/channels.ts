/** The channels of one recording, each recognised by a request of its own, as one stream of events. */
import type { FinalEvent, RecognitionEvent, WarningEvent } from "../transcript/events.ts";

/** What a provider says where it heard nothing. */
const NO_SPEECH = "no-speech";

export interface ChannelEvents {
  readonly channel: number;
  events(): AsyncIterable<RecognitionEvent>;
}

/**
 * Merges by time: finals wait until all channels have spoken. Progress runs over all channels, and
 * "no speech" is said once, of the channels that are silent.
 *
 * @param durationMs of the recording; undefined where it is not known: then there is no progress
 */
export async function* mergeChannels(
  channels: readonly ChannelEvents[],
  durationMs: number | undefined,
): AsyncGenerator<RecognitionEvent> {
  const finals: FinalEvent[] = [];
  const silent: number[] = [];
  for (const [done, { channel, events }] of channels.entries()) {
    for await (const event of events()) {
      if (event.type === "final") {
        finals.push({ ...event, segment: { ...event.segment, channel } });
      } else if (event.type === "progress") {
        if (durationMs === undefined) continue;
        const audioMs = Math.round((done * durationMs + event.audioMs) / channels.length);
        yield { type: "progress", audioMs };
      } else if (event.type === "warning" && event.warning.code === NO_SPEECH) {
        silent.push(channel);
      } else if (event.type !== "partial") yield event;
    }
  }
  yield* finals.sort((a, b) => a.segment.startMs - b.segment.startMs);
  if (silent.length > 0) yield silenceWarning(silent, channels.length);
}

function silenceWarning(silent: readonly number[], channelCount: number): WarningEvent {
  const where =
    silent.length === channelCount
      ? ""
      : ` on channel${silent.length > 1 ? "s" : ""} ${silent.join(", ")}`;
  return { type: "warning", warning: { code: NO_SPEECH, message: `no speech was found${where}` } };
}
