/**
 * From the audio's facts and the provider's capabilities alone: how the audio gets there. Pure.
 * Cheapest first: the original bytes as they are, the coded track in another container, then
 * conversion to what the provider likes best, in parts where it is too long for one request.
 */
import { canRewrap } from "../audio/compressed/rewrap-table.ts";
import type { AudioFacts, Container, Recording } from "../audio/types.ts";
import { RAW_FORMAT_UNUSED } from "../audio/unused-raw.ts";
import type { AcceptedAudio, Capabilities, Resolution } from "../providers/contract.ts";
import type { AudioPlan, ConvertPlan } from "./planning/audio-plan.ts";
import { planConversion } from "./planning/conversion.ts";
import { fitsOneRequest, partMsOf } from "./planning/limits.ts";
import type { PlannedRecording, PlanQuestion, PlanWishes } from "./planning/question.ts";
import { takesFormat, undecodableError } from "./planning/undecodable.ts";
import { planWarnings } from "./planning/warnings.ts";

export type { AudioPlan, ConvertPlan } from "./planning/audio-plan.ts";
export type { ChannelMode, PlanWishes } from "./planning/question.ts";

/**
 * @throws AsrError kind "audio" where nothing we can make is taken by the provider, or it is too
 *   long and must not be cut; kind "usage" where a decoder would have to be installed.
 */
export function planAudio(
  recording: PlannedRecording,
  capabilities: Capabilities,
  resolution: Resolution,
  wishes: PlanWishes,
): AudioPlan {
  const { facts, decoding } = recording;
  const question: PlanQuestion = {
    facts,
    decodable: decoding !== "none",
    accepts: capabilities.accepts.filter(
      ({ container }) => resolution.container === undefined || container === resolution.container,
    ),
    capabilities,
    resolution,
    wishes,
  };
  const warnings = planWarnings(question);
  if (!isCut(question)) {
    if (isSound(recording.warnings) && isTaken(question, facts)) return { kind: "as-is", warnings };
    const container = rewrapContainer(recording, question);
    if (container !== undefined) return { kind: "rewrap", container, warnings };
  }
  if (!question.decodable) throw undecodableError(question);
  return { ...planConversion(question), warnings };
}

/** The same for what has been decoded already: headerless samples that only have to be sent. */
export function planDecoded(
  facts: AudioFacts,
  capabilities: Capabilities,
  resolution: Resolution,
  wishes: PlanWishes,
): Omit<ConvertPlan, "warnings"> {
  const { accepts } = capabilities;
  return planConversion({ facts, decodable: true, accepts, capabilities, resolution, wishes });
}

/** Whether the wishes, whatever the limits, ask for another recording than the whole one. */
function isCut({ facts, capabilities, wishes }: PlanQuestion): boolean {
  if (wishes.skipSilence) return true;
  const { durationMs = 0 } = facts;
  return durationMs > partMsOf(capabilities, wishes);
}

/** Whether audio of that shape may be sent whole, in one request. */
function isTaken(question: PlanQuestion, facts: AudioFacts): boolean {
  const { accepts, capabilities, resolution, wishes } = question;
  // Several channels leave as they are only where nobody asked to mix them.
  const apart = facts.channels === 1 || (wishes.channels !== "mix" && capabilities.gives.channels);
  return (
    apart &&
    fitsOneRequest(facts, capabilities) &&
    accepts.some((accepted) => takesAsIs(accepted, facts, resolution.sampleRate))
  );
}

function takesAsIs(accepted: AcceptedAudio, facts: AudioFacts, sampleRate?: number): boolean {
  const rates = sampleRate === undefined ? accepted.sampleRates : [sampleRate];
  return (
    takesFormat(accepted, facts) &&
    (rates === undefined || rates.includes(facts.sampleRate)) &&
    (accepted.maxChannels === undefined || facts.channels <= accepted.maxChannels)
  );
}

/**
 * The first container that the provider takes and that the coded track can be put into; m4a last,
 * since its index has to be held until the end (half a gigabyte for three hours).
 */
function rewrapContainer(
  { facts, rewrap }: PlannedRecording,
  question: PlanQuestion,
): Container | undefined {
  if (rewrap === undefined) return undefined;
  // The new file is smaller than the old one by what is not sound: a film may well fit.
  const { sizeBytes: _, ...track } = facts;
  return question.accepts
    .map(({ container }) => container)
    .sort((a, b) => Number(a === "m4a") - Number(b === "m4a"))
    .find(
      (container) =>
        container !== facts.container &&
        canRewrap(facts, container) &&
        isTaken(question, { ...track, container }),
    );
}

/**
 * Whether the vendor's reader will find what ours did: a length that is wrong would confuse it
 * too. What the user said in vain is no fault of the file.
 */
function isSound(warnings: Recording["warnings"]): boolean {
  return warnings.every(({ code }) => code === RAW_FORMAT_UNUSED);
}
