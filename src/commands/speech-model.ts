/** What finds voices, for a provider's audio. */
import { loadSpeechModel, type SpeechModel } from "../audio/voice/model.ts";
import type { Provider } from "../providers/contract.ts";

/**
 * Finds voices with Silero, loaded once; where the recogniser runs on this machine without it: two
 * threads of a process can't both load the runtime.
 */
export function speechModelFor({ capabilities }: Provider): () => Promise<SpeechModel> {
  let model: Promise<SpeechModel> | undefined;
  return () => {
    model ??= loadSpeechModel(capabilities.remote ? "silero" : "energy");
    return model;
  };
}
