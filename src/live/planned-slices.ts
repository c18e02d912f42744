/** The audio of one session, cut as it was when it was recorded. */
import type { SessionCuts } from "./cuts.ts";
import type { ResendableAudio } from "./feed.ts";
import type { Stretch } from "./session-audio.ts";

/**
 * The same slices; fewer where the audio is shorter than it was.
 *
 * @param onSent told when one is about to be handed out
 */
export async function* plannedSlices(
  audio: ResendableAudio,
  stretch: Stretch,
  { untilMs: places }: SessionCuts,
  signal: AbortSignal,
  onSent: () => void,
): AsyncGenerator<Uint8Array, void> {
  stretch.sentMs = stretch.fromMs;
  for (const placeMs of places) {
    while (audio.endMs < placeMs && !audio.ended) await audio.past(audio.endMs, signal);
    const { sentMs } = stretch;
    const untilMs = Math.min(placeMs, audio.endMs);
    if (untilMs <= sentMs || audio.keptFromMs > sentMs) break;
    const slice = audio.bytes(sentMs, untilMs);
    stretch.sentMs = untilMs;
    onSent();
    yield slice;
  }
  stretch.endMs = stretch.sentMs;
}
