/** What a user is told when compressed audio would have to be decoded, and nothing here can. */
import { INSTALL_HINT } from "../../audio/compressed/ffmpeg/errors.ts";
import type { AudioFacts } from "../../audio/types.ts";
import { type AsrError, usageError } from "../../errors.ts";
import type { AcceptedAudio } from "../../providers/contract.ts";
import type { PlanQuestion } from "./question.ts";

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

/** No decoder is installed (exit 2); names why one is needed. */
export function undecodableError(question: PlanQuestion): AsrError {
  const { container, encoding } = question.facts;
  const format = container === encoding ? container : `${container} with ${encoding}`;
  return usageError(
    `${format} must be decoded for this provider, and ffmpeg is not installed`,
    INSTALL_HINT,
    reasonOf(question),
  );
}

function reasonOf({ facts, accepts, resolution, capabilities, wishes }: PlanQuestion): string {
  const formats = accepts.filter((accepted) => takesFormat(accepted, facts));
  if (formats.length === 0) return `it takes ${describeAccepted(accepts)}`;
  const rates = [resolution.sampleRate ?? formats[0]?.sampleRates ?? facts.sampleRate].flat();
  if (!rates.includes(facts.sampleRate)) {
    return `${resolution.model} listens at ${rates.join(" or ")} Hz, it has ${facts.sampleRate} Hz`;
  }
  if (facts.channels > 1 && (wishes.channels === "mix" || !capabilities.gives.channels)) {
    const canSeparate = capabilities.gives.channels;
    const way = canSeparate ? "; --channels first or --channels all send it as it is" : "";
    return `its ${facts.channels} channels would have to be mixed${way}`;
  }
  return "it would have to be cut or shortened";
}
