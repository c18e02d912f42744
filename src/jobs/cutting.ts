/** Where a recording is cut: its sound map, made when it is asked for, and the parts. */
import { type HeardSound, mapSound } from "../audio/voice/map-sound.ts";
import { loadSpeechModel, type SpeechModel } from "../audio/voice/model.ts";
import type { Log } from "../providers/contract.ts";
import type { Material, OnAudio } from "./material.ts";
import { cutParts } from "./parts/cut.ts";
import type { AudioPart } from "./parts/part.ts";
import type { PlanWishes } from "./plan.ts";

/** All channels mixed (`undefined`), or one by its index. */
export type Listener = (channel?: number) => Promise<HeardSound>;

export interface Listening {
  /** Loads what finds voices; asked for at most once. */
  readonly speechModel: () => Promise<SpeechModel>;
  /** With `first` there is no other channel. */
  readonly channels: PlanWishes["channels"];
  readonly signal: AbortSignal;
  readonly onAudio: OnAudio;
  readonly log: Log;
}

/**
 * In the last third of so long a part somebody pauses for long: the pauses that noise feigns within a
 * phrase are shorter, and the longest is taken. For that, fifty megabytes are too much.
 */
const LONG_PART_MS = 5 * 60_000;

/** Makes a sound map of a recording when it is first asked for, in a pass over all of it. */
export function soundMapOf(
  { recording, plan }: Pick<Material, "recording" | "plan">,
  listening: Listening,
): Listener {
  const { channels, signal, onAudio, log } = listening;
  const speechModel = isSeldomCut(plan) ? () => loadSpeechModel("energy") : listening.speechModel;
  const maps = new Map<number | undefined, Promise<HeardSound>>();
  return (asked) => {
    // What is not sent must not hold up a cut.
    const channel = channels === "first" ? 0 : asked;
    const known = maps.get(channel);
    if (known !== undefined) return known;
    const one = channel === undefined ? {} : { channel };
    const map = mapSound(recording, speechModel, { signal, ...one, onProgress: onAudio });
    // A failure is for whoever waits for the map.
    map
      .then(({ detector }) => log(`${recording.name}: voices found by ${detector}`))
      .catch(() => {});
    maps.set(channel, map);
    return map;
  };
}

function isSeldomCut(plan: Material["plan"]): boolean {
  if (plan.kind !== "convert" || plan.parts === undefined) return false;
  return plan.parts.maxMs >= LONG_PART_MS && !plan.parts.skipSilence;
}

/** The parts that a plan asks for; undefined: all of the recording at once. */
export async function partsOf(
  { plan }: Pick<Material, "plan">,
  soundMap: Listener,
): Promise<readonly AudioPart[] | undefined> {
  if (plan.kind !== "convert" || plan.parts === undefined) return undefined;
  return cutParts(await soundMap(), plan.parts);
}
