/** What a recording is converted to, and in how long parts. Pure. */
import type { TargetEncoding } from "../../audio/encode.ts";
import { bytesPerSample } from "../../audio/encoding.ts";
import type { Codec, Encoding } from "../../audio/types.ts";
import { audioError } from "../../errors.ts";
import type { ConvertPlan } from "./audio-plan.ts";
import { fitsOneRequest, partMsOf } from "./limits.ts";
import type { ChannelMode, PlanQuestion } from "./question.ts";
import { describeAccepted } from "./undecodable.ts";

type Conversion = Omit<ConvertPlan, "warnings">;

/**
 * @throws AsrError kind "audio" where nothing we can make is taken by the provider, or it is too
 *   long and must not be cut.
 */
export function planConversion(question: PlanQuestion): Conversion {
  const { facts, wishes } = question;
  const conversion: Conversion = {
    kind: "convert",
    container: "pcm",
    ...pcmShapeOf(question),
    requests: requestsOf(facts.channels, wishes.channels),
  };
  return withParts(conversion, question);
}

/** Headerless samples as a provider takes them. */
export interface PcmShape {
  readonly encoding: TargetEncoding;
  /** In Hz. */
  readonly sampleRate: number;
}

/** @throws AsrError kind "audio" where nothing we can make is taken by the provider. */
export function pcmShapeOf({
  facts,
  accepts,
  resolution,
}: Pick<PlanQuestion, "facts" | "accepts" | "resolution">): PcmShape {
  const target = accepts.find((accepted) => accepted.container === "pcm");
  const encoding = target?.encodings.find(isMakeable);
  if (target === undefined || encoding === undefined) {
    throw audioError(
      `the provider does not take ${facts.container} with ${facts.encoding}`,
      `convert it to one of: ${describeAccepted(accepts)}`,
    );
  }
  const sampleRate = resolution.sampleRate ?? closestRate(target.sampleRates, facts.sampleRate);
  return { encoding, sampleRate };
}

function withParts(conversion: Conversion, { facts, capabilities, wishes }: PlanQuestion) {
  const { durationMs = 0 } = facts;
  const { limits } = capabilities;
  const bytesPerMs = (conversion.sampleRate * bytesPerSample(conversion.encoding)) / 1000;
  const limitMs = Math.min(
    limits.maxDurationMs ?? Number.POSITIVE_INFINITY,
    Math.floor((limits.maxBytes ?? Number.POSITIVE_INFINITY) / bytesPerMs),
  );
  const size = { durationMs, sizeBytes: durationMs * bytesPerMs };
  if (wishes.split === "never" && !fitsOneRequest(size, capabilities)) {
    throw audioError(
      `${minutes(durationMs)} of audio are more than the provider takes in one request`,
      "leave --split never out: it is cut at pauses then",
      `it takes ${minutes(limitMs)} as ${conversion.sampleRate} Hz ${conversion.encoding}`,
    );
  }
  const maxMs = Math.min(limitMs, partMsOf(capabilities, wishes));
  if (!wishes.skipSilence && durationMs <= maxMs) return conversion;
  return { ...conversion, parts: { maxMs, skipSilence: wishes.skipSilence } };
}

function isMakeable(encoding: Encoding | Codec): encoding is TargetEncoding {
  return encoding === "s16le" || encoding === "f32le";
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

function minutes(durationMs: number): string {
  return durationMs < 120_000
    ? `${(durationMs / 1000).toFixed(1)} s`
    : `${(durationMs / 60_000).toFixed(1)} min`;
}
