/** Which model judges what is speech. */
import type { SpeechScorer } from "./activity.ts";
import { EnergyScorer } from "./energy.ts";
import type { OnnxRuntime } from "./onnx.ts";
import { requireRuntime } from "./runtime.ts";
import { loadSilero } from "./silero.ts";

export type SpeechModelName = "silero" | "energy";

/** A model, loaded: `scorer` may be called for each recording. */
export interface SpeechModel {
  readonly name: SpeechModelName;
  scorer(): SpeechScorer;
}

const ENERGY: SpeechModel = { name: "energy", scorer: () => new EnergyScorer() };

/**
 * Loads what judges speech. Where the runtime of "silero" is not installed, or not for this
 * machine, it is "energy", which needs none. Ask for "energy" where another thread of this process
 * has the runtime or will load it: two can't.
 *
 * @param load gives the runtime, or throws where there is none.
 * @throws the runtime's error where the weights can't be read.
 */
export async function loadSpeechModel(
  preferred: SpeechModelName,
  load: () => OnnxRuntime = requireRuntime,
): Promise<SpeechModel> {
  if (preferred === "energy") return ENERGY;
  let runtime: OnnxRuntime;
  try {
    runtime = load();
  } catch {
    return ENERGY;
  }
  const silero = await loadSilero(runtime);
  return { name: "silero", scorer: () => silero.scorer() };
}
