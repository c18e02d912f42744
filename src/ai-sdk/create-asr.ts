/** The providers as one provider of the AI SDK. */
import type { ProviderV4, TranscriptionModelV4 } from "@ai-sdk/provider";
import { AsrError } from "../errors.ts";
import { createProvider } from "../library/create-provider.ts";
import type { AsrProvider, Environment, ProviderId, ProviderOptions } from "../library/options.ts";
import { transcriptionModel } from "./model.ts";
import type { AsrModelOptions } from "./model-options.ts";

export interface AsrSettings {
  /** Where credentials and addresses are looked for that are not given, e.g. `process.env`. */
  readonly environment?: Environment | undefined;
  /** Account, address and network of each, as `createProvider` takes them. */
  readonly providers?: { readonly [Id in ProviderId]?: ProviderOptions<Id> } | undefined;
}

export interface AsrForAiSdk extends ProviderV4 {
  /** @param options of every call with this model */
  transcription(id: ProviderId, options?: AsrModelOptions): TranscriptionModelV4;
  /** The same, as the SDK's registry asks for it. */
  transcriptionModel(id: string): TranscriptionModelV4;
  /** Lets go of the connections of all models. */
  close(): Promise<void>;
}

/**
 * Models of the AI SDK: `transcribe({ model: asr.transcription("stepfun"), audio })`. All calls with
 * models of one provider share its connections and the limits of its account.
 */
export function createAsr({ environment, providers = {} }: AsrSettings = {}): AsrForAiSdk {
  const opened = new Map<ProviderId, AsrProvider>();
  const providerOf = (id: ProviderId): AsrProvider => {
    const known = opened.get(id) ?? createProvider(id, { environment, ...providers[id] });
    opened.set(id, known);
    return known;
  };
  const transcription: AsrForAiSdk["transcription"] = (id, options = {}) =>
    transcriptionModel(providerOf(id), options);
  return {
    specificationVersion: "v4",
    transcription,
    // Whether there is such a provider the first call tells.
    transcriptionModel: (id) => transcription(id as ProviderId),
    languageModel: (id) => noSuchModel(id, "languageModel"),
    embeddingModel: (id) => noSuchModel(id, "embeddingModel"),
    imageModel: (id) => noSuchModel(id, "imageModel"),
    async close() {
      await Promise.all(Array.from(opened.values(), (provider) => provider.close()));
    },
  };
}

/** How the SDK knows its errors across packages (no-such-model-error.ts there). */
const MARKERS = ["vercel.ai.error", "vercel.ai.error.AI_NoSuchModelError"];

function noSuchModel(modelId: string, modelType: string): never {
  const error = new AsrError("usage", `asr has no ${modelType} ${modelId}`, {
    hint: "it has models for transcription alone",
  });
  const marked = MARKERS.map((marker) => [Symbol.for(marker), true] as const);
  throw Object.assign(error, Object.fromEntries(marked), { modelId, modelType });
}
