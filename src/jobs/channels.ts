/** The channels of one recording, each recognised by a request of its own, as one stream of events. */
import { EventRun } from "../transcript/event-run.ts";
import type { FinalEvent, RecognitionEvent, WarningEvent } from "../transcript/events.ts";
import { NO_SPEECH } from "../transcript/transcript.ts";
import { PartPool } from "./parts/part-pool.ts";

export interface ChannelEvents {
  readonly channel: number;
  events(): AsyncIterable<RecognitionEvent>;
}

export interface MergeOptions {
  /** Of the recording; undefined where it is not known: then there is no progress. */
  readonly durationMs?: number;
  /** The most channels that are recognised at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/**
 * Merges by time: finals wait until all channels have spoken. Progress runs over all channels, and
 * "no speech" is said once, of the channels that are silent.
 *
 * @throws what a channel threw, after what the others said; the signal's reason.
 */
export async function* mergeChannels(
  channels: readonly ChannelEvents[],
  { durationMs, concurrency, signal }: MergeOptions,
): AsyncGenerator<RecognitionEvent> {
  const runs = channels.map((channel) => new ChannelRun(channel));
  const pool = new PartPool(runs, concurrency, signal);
  let toldMs = -1;
  function* news(): Generator<RecognitionEvent> {
    for (const run of runs) yield* run.takeSaid();
    if (durationMs === undefined) return;
    const audioMs = Math.round(runs.reduce((sum, run) => sum + run.audioMs, 0) / runs.length);
    if (audioMs <= toldMs || audioMs === 0) return;
    toldMs = audioMs;
    yield { type: "progress", audioMs };
  }
  try {
    for (pool.fill(); !pool.isIdle; await pool.news()) yield* news();
  } finally {
    await pool.close();
  }
  yield* news();
  const finals = runs.flatMap((run) => run.finals);
  yield* finals.sort((a, b) => a.segment.startMs - b.segment.startMs);
  signal.throwIfAborted();
  const failed = runs.find(({ state }) => state === "failed");
  if (failed !== undefined) throw failed.error;
  const silent = runs.filter((run) => run.isSilent).map(({ channel }) => channel);
  if (silent.length > 0) yield silenceWarning(silent, runs.length);
}

/** One channel while it is recognised. */
class ChannelRun extends EventRun {
  readonly channel: number;
  readonly finals: FinalEvent[] = [];
  audioMs = 0;
  isSilent = false;

  constructor(source: ChannelEvents) {
    super(() => source.events());
    this.channel = source.channel;
  }

  protected override take(event: RecognitionEvent): void {
    if (event.type === "final") {
      this.finals.push({ ...event, segment: { ...event.segment, channel: this.channel } });
    } else if (event.type === "progress") this.audioMs = Math.max(this.audioMs, event.audioMs);
    else if (event.type === "warning" && event.warning.code === NO_SPEECH) this.isSilent = true;
    else if (event.type !== "partial") this.said.push(event);
  }
}

function silenceWarning(silent: readonly number[], channelCount: number): WarningEvent {
  const where =
    silent.length === channelCount
      ? ""
      : ` on channel${silent.length > 1 ? "s" : ""} ${silent.join(", ")}`;
  return { type: "warning", warning: { code: NO_SPEECH, message: `no speech was found${where}` } };
}
