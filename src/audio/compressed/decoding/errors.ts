/** What a user is told when the decoders here do not get on with a file. */
import { AsrError, audioError } from "../../../errors.ts";
import { CONVERT_HINT } from "../../open-errors.ts";
import type { AudioFacts } from "../../types.ts";
import type { Decoded } from "./decoder.ts";

type Shape = Pick<AudioFacts, "container" | "encoding" | "sampleRate" | "channels">;

/** The decoder gave up, or never found a beginning. */
export function nothingDecodedError(
  name: string,
  { container, encoding }: Shape,
  cause?: unknown,
): AsrError {
  return new AsrError("audio", `${name}: can't be decoded`, {
    reason: `its header is that of ${encoding} (${container}), but its sound is damaged or something else`,
    hint: "copy, download or export it again: it is not whole",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The rate or the number of channels is another one from some place on. */
export function otherShapeError(
  name: string,
  facts: Shape,
  found: Decoded,
  frameCount: number,
): AsrError {
  const said = `${facts.sampleRate} Hz, ${facts.channels} channels`;
  const met = `${found.sampleRate} Hz, ${found.channelData.length} channels`;
  const seconds = (frameCount / facts.sampleRate).toFixed(1);
  return audioError(
    `${name}: changes on the way and can't be decoded here`,
    CONVERT_HINT,
    `it begins with ${said}, and goes on with ${met} after ${seconds} s`,
  );
}
