/** Which model judges what is speech. */
import { messageOf } from "../../errors.ts";
import { RUNTIME_PACKAGE } from "../../installation/known-packages.ts";
import type { SpeechScorer } from "./activity.ts";
import { EnergyScorer } from "./energy.ts";
import type { OnnxRuntime } from "./onnx.ts";
import { RuntimeMissing, requireRuntime } from "./runtime.ts";
import { loadSilero } from "./silero.ts";

export type SpeechModelName = "silero" | "energy";

/** A model, loaded: `scorer` may be called for each recording. */
export interface SpeechModel {
  readonly name: SpeechModelName;
  /** Why it is not the one that was asked for: its runtime is not installed, or broken. */
  readonly fallbackReason?: string;
  scorer(): SpeechScorer;
}

const ENERGY: SpeechModel = { name: "energy", scorer: () => new EnergyScorer() };

/** A missing package is the usual case; whatever else the runtime says is a broken one. */
function reasonOf(error: unknown): string {
  const text = messageOf(error).split("\n", 1)[0] ?? "";
  return error instanceof RuntimeMissing ? text : `${RUNTIME_PACKAGE} can't be loaded: ${text}`;
}

/**
 * Loads what judges speech. Where the runtime of "silero" is not installed, or not for this
 * machine, it is "energy", which needs none, with the reason. Ask for "energy" where another thread of this process
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
  } catch (error) {
    return { ...ENERGY, fallbackReason: reasonOf(error) };
  }
  const silero = await loadSilero(runtime);
  return { name: "silero", scorer: () => silero.scorer() };
}
