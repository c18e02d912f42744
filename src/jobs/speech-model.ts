/** What finds voices, for the audio of a run. */
import { loadSpeechModel, type SpeechModel } from "../audio/voice/model.ts";
import type { Provider, Resolution } from "../providers/contract.ts";

type Log = (line: string) => void;

/**
 * Finds voices with Silero, loaded once; where a recogniser runs on this machine without it: two
 * threads of a process can't both load the runtime.
 *
 * @param log told why there is no Silero where it was to be
 */
export function speechModelFor(
  providers: readonly Provider[],
  log: Log,
): () => Promise<SpeechModel> {
  const isAllRemote = providers.every(({ capabilities }) => capabilities.remote);
  return once(async () => {
    const model = await loadSpeechModel(isAllRemote ? "silero" : "energy");
    const { name, fallbackReason } = model;
    if (fallbackReason !== undefined) log(`voices are found by ${name} alone: ${fallbackReason}`);
    return model;
  });
}

/** Sessions that go on for minutes are seldom cut: for that, fifty megabytes are too much. */
const LONG_SESSION_MS = 60_000;

/** The same for live audio, in sessions as they were resolved. */
export function liveSpeechModelFor(
  provider: Provider,
  resolution: Pick<Resolution, "session">,
  log: Log,
): () => Promise<SpeechModel> {
  return hasLongSessions(provider, resolution)
    ? once(() => loadSpeechModel("energy"))
    : speechModelFor([provider], log);
}

/** Whether live audio is so seldom cut that voices are found by their energy. */
export function hasLongSessions(
  { capabilities }: Provider,
  { session = capabilities.limits.session }: Pick<Resolution, "session">,
): boolean {
  return (session?.renewAfterMs ?? 0) >= LONG_SESSION_MS;
}

function once(load: () => Promise<SpeechModel>): () => Promise<SpeechModel> {
  let model: Promise<SpeechModel> | undefined;
  return () => {
    model ??= load();
    return model;
  };
}
