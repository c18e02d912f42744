/** What a model of the AI SDK is told, beside the audio. */
import type { TranscribeOptions } from "../library/options.ts";

/**
 * The options of `transcribe`, by the same names: where a model is made, and as `providerOptions.asr`
 * of a call, which go first.
 */
export type AsrModelOptions = Omit<TranscribeOptions, "provider" | "signal" | "name" | "formats">;
