/** What finds voices in audio for a provider, in a process that may have several. */
import { loadSpeechModel, type SpeechModel } from "../audio/voice/model.ts";
import type { Provider } from "../providers/contract.ts";
import { claimForVoices, releaseByVoices } from "./runtime-owner.ts";

/** Silero, loaded once; the energy of voices where the runtime belongs to a recogniser here. */
export function voiceModelFor({ capabilities }: Provider): () => Promise<SpeechModel> {
  let model: Promise<SpeechModel> | undefined;
  const load = async (): Promise<SpeechModel> => {
    if (!capabilities.remote || !claimForVoices()) return loadSpeechModel("energy");
    const loaded = await loadSpeechModel("silero");
    if (loaded.name !== "silero") releaseByVoices();
    return loaded;
  };
  return () => {
    model ??= load();
    return model;
  };
}
