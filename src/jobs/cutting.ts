/** Where a recording is cut: its sound map, made when it is asked for, and the parts. */
import type { Recording } from "../audio/types.ts";
import { mapSound } from "../audio/voice/map-sound.ts";
import type { SpeechModel } from "../audio/voice/model.ts";
import type { SoundMap } from "../audio/voice/sound-map.ts";
import type { Material, OnAudio } from "./material.ts";
import { cutParts } from "./parts/cut.ts";
import type { AudioPart } from "./parts/part.ts";
import type { PlanWishes } from "./plan.ts";

export interface Listening {
  /** Loads what finds voices; asked for at most once. */
  readonly speechModel: () => Promise<SpeechModel>;
  readonly channels: PlanWishes["channels"];
  readonly signal: AbortSignal;
  readonly onAudio: OnAudio;
}

/** Makes the sound map of a recording at the first call, in a pass over all of it. */
export function soundMapOf(recording: Recording, listening: Listening): () => Promise<SoundMap> {
  let map: Promise<SoundMap> | undefined;
  return () => {
    map ??= listen(recording, listening);
    return map;
  };
}

function listen(recording: Recording, listening: Listening): Promise<SoundMap> {
  const { speechModel, channels, signal, onAudio } = listening;
  // What is not sent must not hold up a cut.
  const channel = channels === "first" ? { channel: 0 } : {};
  return mapSound(recording, speechModel, { signal, ...channel, onProgress: onAudio });
}

/** The parts that a plan asks for; undefined: all of the recording at once. */
export async function partsOf(
  { plan }: Pick<Material, "plan">,
  soundMap: () => Promise<SoundMap>,
): Promise<readonly AudioPart[] | undefined> {
  if (plan.kind !== "convert" || plan.parts === undefined) return undefined;
  return cutParts(await soundMap(), plan.parts);
}
