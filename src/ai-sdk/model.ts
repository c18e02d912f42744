/** One provider as a transcription model of the AI SDK (specification v4 of `@ai-sdk/provider`). */
import type {
  TranscriptionModelV4,
  TranscriptionModelV4CallOptions,
  TranscriptionModelV4Result,
} from "@ai-sdk/provider";
import type { AsrProvider, TranscribeOptions } from "../library/options.ts";
import { transcribe } from "../library/transcribe.ts";
import { callError } from "./call-error.ts";
import { type AsrModelOptions, askedOf } from "./model-options.ts";
import { resultOf, wordsOf } from "./result.ts";
import { streamModel } from "./stream-model.ts";
import { headerWarnings, warningFor } from "./warnings.ts";

export function transcriptionModel(
  provider: AsrProvider,
  options: AsrModelOptions,
): TranscriptionModelV4 {
  return {
    specificationVersion: "v4",
    provider: "asr",
    modelId: provider.id,
    doGenerate: (call) => generate(provider, options, call),
    doStream: (call) => streamModel(provider, options, call),
  };
}

async function generate(
  provider: AsrProvider,
  options: AsrModelOptions,
  call: TranscriptionModelV4CallOptions,
): Promise<TranscriptionModelV4Result> {
  const { audio, abortSignal, timestampGranularities = [], providerOptions, headers } = call;
  const timestamp = new Date();
  const asked: TranscribeOptions = {
    ...askedOf(
      { ...options },
      timestampGranularities.includes("word") ? { words: true } : undefined,
      providerOptions?.asr,
    ),
    provider,
    signal: abortSignal,
  };
  const bytes = typeof audio === "string" ? Buffer.from(audio, "base64") : audio;
  try {
    const transcript = await transcribe(bytes, asked).transcript;
    const words = wordsOf(transcript);
    return {
      ...resultOf(transcript),
      language: resultOf(transcript).language,
      ...(words.length === 0 ? {} : { words }),
      warnings: [...headerWarnings(headers), ...transcript.warnings.map(warningFor)],
      response: {
        timestamp,
        modelId: transcript.model ?? provider.id,
        ...(transcript.raw === undefined ? {} : { body: transcript.raw }),
      },
    };
  } catch (error) {
    throw callError(error, provider.id);
  }
}
