/** What a user is told when compressed audio would have to be decoded, which is not done here. */
import { CONVERT_HINT } from "../audio/open-errors.ts";
import type { AudioFacts } from "../audio/types.ts";
import { type AsrError, audioError } from "../errors.ts";
import type { AcceptedAudio, Capabilities, Resolution } from "../providers/contract.ts";

interface Wanted {
  /** What of the provider's formats the settings leave. */
  readonly accepts: readonly AcceptedAudio[];
  readonly resolution: Resolution;
  readonly capabilities: Capabilities;
}

/** Whether container and encoding are taken, whatever the rate and the channels. */
export function takesFormat(accepted: AcceptedAudio, facts: AudioFacts): boolean {
  return accepted.container === facts.container && accepted.encodings.includes(facts.encoding);
}

/** "pcm (s16le), ogg (opus, vorbis)". */
export function describeAccepted(accepts: readonly AcceptedAudio[]): string {
  return accepts
    .map(({ container, encodings }) =>
      encodings.length === 1 && encodings[0] === container
        ? container
        : `${container} (${encodings.join(", ")})`,
    )
    .join(", ");
}

/** Names the first of these that stands in the way: format, rate, channels. */
export function undecodableError(facts: AudioFacts, wanted: Wanted): AsrError {
  const { container, encoding, sampleRate, channels } = facts;
  const format = container === encoding ? container : `${container} with ${encoding}`;
  const formats = wanted.accepts.filter((accepted) => takesFormat(accepted, facts));
  if (formats.length === 0) {
    return audioError(
      `the provider does not take ${format}, and it can't be decoded here`,
      CONVERT_HINT,
      `it takes ${describeAccepted(wanted.accepts)}`,
    );
  }
  const rates = wanted.resolution.sampleRate ?? formats[0]?.sampleRates;
  if (rates !== undefined && ![rates].flat().includes(sampleRate)) {
    return audioError(
      `${format} at ${sampleRate} Hz would have to be converted, and it can't be decoded here`,
      CONVERT_HINT,
      `${wanted.resolution.model} takes it at ${[rates].flat().join(" or ")} Hz`,
    );
  }
  const canSeparate =
    wanted.capabilities.gives.channels &&
    formats.some(({ maxChannels = channels }) => channels <= maxChannels);
  return audioError(
    `${format} with ${channels} channels would have to be mixed, and it can't be decoded here`,
    canSeparate
      ? `send the channels as they are, with --channels first or --channels all; or ${CONVERT_HINT}`
      : CONVERT_HINT,
    canSeparate
      ? "the provider takes one channel, or each on its own"
      : "the provider takes one channel",
  );
}
