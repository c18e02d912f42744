/** What a model of the AI SDK is told, beside the audio. */
import type { TranscribeOptions } from "../library/options.ts";

/**
 * The options of `transcribe`, by the same names: where a model is made, and as `providerOptions.asr`
 * of a call, which go first.
 */
export type AsrModelOptions = Omit<TranscribeOptions, "provider" | "signal" | "name" | "formats">;

/**
 * The strongest last; what is undefined counts as left out there, and takes nothing from the others.
 *
 * @param layers of a model, of a call
 */
export function askedOf(
  ...layers: readonly (Readonly<Record<string, unknown>> | undefined)[]
): Readonly<Record<string, unknown>> {
  const given = layers.flatMap((layer) => Object.entries(layer ?? {}));
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
