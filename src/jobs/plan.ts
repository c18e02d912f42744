/**
 * From the audio's facts and the provider's capabilities alone: how the audio gets there. Pure.
 * Cheapest first: the original bytes as they are, then conversion to what the provider likes best.
 */
import type { TargetEncoding } from "../audio/encode.ts";
import { isSampleEncoding } from "../audio/encoding.ts";
import type { AudioFacts, Codec, Container, Encoding, Recording } from "../audio/types.ts";
import { RAW_FORMAT_UNUSED } from "../audio/unused-raw.ts";
import { audioError } from "../errors.ts";
import type { AcceptedAudio, Capabilities, Resolution } from "../providers/contract.ts";
import { describeAccepted, takesFormat, undecodableError } from "./undecodable.ts";

/** What to do with several channels (`--channels`). */
export type ChannelMode = "mix" | "first" | "all";

export interface AsIsPlan {
  readonly kind: "as-is";
}

export interface ConvertPlan {
  readonly kind: "convert";
  readonly container: Container;
  readonly encoding: TargetEncoding;
  readonly sampleRate: number;
  /** What becomes one mono request each: the mix, or one channel by its index from 0. */
  readonly requests: readonly ("mix" | number)[];
}

export type AudioPlan = AsIsPlan | ConvertPlan;

function isMakeable(encoding: Encoding | Codec): encoding is TargetEncoding {
  return encoding === "s16le" || encoding === "f32le";
}

function takesAsIs(accepted: AcceptedAudio, facts: AudioFacts, sampleRate?: number): boolean {
  const rates = sampleRate === undefined ? accepted.sampleRates : [sampleRate];
  return (
    takesFormat(accepted, facts) &&
    (rates === undefined || rates.includes(facts.sampleRate)) &&
    (accepted.maxChannels === undefined || facts.channels <= accepted.maxChannels)
  );
}

function closestRate(rates: readonly number[] | undefined, sampleRate: number): number {
  const [first] = rates ?? [];
  if (rates === undefined || first === undefined || rates.includes(sampleRate)) return sampleRate;
  // Up to the next rate keeps every frequency; past the highest, the highest keeps the most.
  const sorted = [...rates].sort((a, b) => a - b);
  return sorted.find((rate) => rate >= sampleRate) ?? sorted.at(-1) ?? first;
}

function requestsOf(channels: number, mode: ChannelMode): ("mix" | number)[] {
  if (mode === "all") return Array.from({ length: channels }, (_, index) => index);
  return [mode === "first" ? 0 : "mix"];
}

/**
 * Compressed audio is not decoded here: it goes as it is, or not at all.
 *
 * @throws AsrError kind "audio" where nothing we can make is taken by the provider.
 */
export function planAudio(
  { facts, warnings }: Pick<Recording, "facts" | "warnings">,
  capabilities: Capabilities,
  resolution: Resolution,
  mode: ChannelMode,
): AudioPlan {
  const accepts = capabilities.accepts.filter(
    ({ container }) => resolution.container === undefined || container === resolution.container,
  );
  const taken =
    isSound(warnings) &&
    accepts.some((accepted) => takesAsIs(accepted, facts, resolution.sampleRate));
  // Several channels leave as they are only where nobody asked to mix them.
  if (taken && (facts.channels === 1 || (mode !== "mix" && capabilities.gives.channels))) {
    return { kind: "as-is" };
  }
  if (!isSampleEncoding(facts.encoding)) {
    throw undecodableError(facts, { accepts, resolution, capabilities });
  }
  const target = accepts.find((accepted) => accepted.container === "pcm");
  const encoding = target?.encodings.find(isMakeable);
  if (target === undefined || encoding === undefined) {
    throw audioError(
      `the provider does not take ${facts.container} with ${facts.encoding}`,
      `convert it to one of: ${describeAccepted(accepts)}`,
    );
  }
  return {
    kind: "convert",
    container: target.container,
    encoding,
    sampleRate: resolution.sampleRate ?? closestRate(target.sampleRates, facts.sampleRate),
    requests: requestsOf(facts.channels, mode),
  };
}

/**
 * Whether the vendor's reader will find what ours did: a length that is wrong would confuse it
 * too. What the user said in vain is no fault of the file.
 */
function isSound(warnings: Recording["warnings"]): boolean {
  return warnings.every(({ code }) => code === RAW_FORMAT_UNUSED);
}
