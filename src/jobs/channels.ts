/** The channels of one recording, each recognised by a request of its own, as one stream of events. */
import type { FinalEvent, RecognitionEvent, WarningEvent } from "../transcript/events.ts";
import { PartPool, type PoolRun } from "./parts/part-pool.ts";

/** What a provider says where it heard nothing. */
const NO_SPEECH = "no-speech";

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
class ChannelRun implements PoolRun {
  readonly channel: number;
  readonly finals: FinalEvent[] = [];
  state: PoolRun["state"] = "waiting";
  error: unknown;
  audioMs = 0;
  isSilent = false;
  readonly #source: ChannelEvents;
  #iterator: AsyncIterator<RecognitionEvent> | undefined;
  #said: RecognitionEvent[] = [];

  constructor(source: ChannelEvents) {
    this.channel = source.channel;
    this.#source = source;
  }

  async run(onNews: () => void): Promise<void> {
    this.state = "running";
    try {
      this.#iterator = this.#source.events()[Symbol.asyncIterator]();
      for (;;) {
        const next = await this.#iterator.next();
        if (next.done === true) break;
        this.#take(next.value);
        onNews();
      }
      this.state = "done";
    } catch (error) {
      this.error = error;
      this.state = "failed";
    }
  }

  async stop(): Promise<void> {
    await this.#iterator?.return?.();
  }

  takeSaid(): RecognitionEvent[] {
    return this.#said.splice(0);
  }

  #take(event: RecognitionEvent): void {
    if (event.type === "final") {
      this.finals.push({ ...event, segment: { ...event.segment, channel: this.channel } });
    } else if (event.type === "progress") this.audioMs = Math.max(this.audioMs, event.audioMs);
    else if (event.type === "warning" && event.warning.code === NO_SPEECH) this.isSilent = true;
    else if (event.type !== "partial") this.#said.push(event);
  }
}

function silenceWarning(silent: readonly number[], channelCount: number): WarningEvent {
  const where =
    silent.length === channelCount
      ? ""
      : ` on channel${silent.length > 1 ? "s" : ""} ${silent.join(", ")}`;
  return { type: "warning", warning: { code: NO_SPEECH, message: `no speech was found${where}` } };
}
