/** What finds voices, for a provider's audio. */
import { loadSpeechModel, type SpeechModel } from "../audio/voice/model.ts";
import type { Provider } from "../providers/contract.ts";

/**
 * Finds voices with Silero, loaded once; where the recogniser runs on this machine without it: two
 * threads of a process can't both load the runtime.
 */
export function speechModelFor({ capabilities }: Provider): () => Promise<SpeechModel> {
  return once(() => loadSpeechModel(capabilities.remote ? "silero" : "energy"));
}

/** Sessions that go on for minutes are seldom cut: for that, fifty megabytes are too much. */
const LONG_SESSION_MS = 60_000;

/** The same for live audio. */
export function liveSpeechModelFor(provider: Provider): () => Promise<SpeechModel> {
  const { renewAfterMs = 0 } = provider.capabilities.limits.session ?? {};
  return renewAfterMs < LONG_SESSION_MS
    ? speechModelFor(provider)
    : once(() => loadSpeechModel("energy"));
}

function once(load: () => Promise<SpeechModel>): () => Promise<SpeechModel> {
  let model: Promise<SpeechModel> | undefined;
  return () => {
    model ??= load();
    return model;
  };
}
