/** What a user is told when compressed audio can't be read, or not be decoded. */
import { AsrError, audioError } from "../../errors.ts";
import { CONVERT_HINT, DESCRIBE_HINT } from "../open-errors.ts";
import type { AudioFacts } from "../types.ts";
import type { CompressedInput } from "./input.ts";

type Named = Pick<CompressedInput, "source" | "content">;

/** It begins like a known kind of file, and goes on otherwise. */
export function damagedError({ source, content }: Named, cause?: unknown): AsrError {
  return new AsrError("audio", `${source.name}: is not a recording that can be read here`, {
    reason: `it begins like ${content.title}, but what follows is damaged or something else`,
    hint: content.certain ? "copy, download or export it again: it is not whole" : DESCRIBE_HINT,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A video without sound, a picture in a container that films come in. */
export function noSoundError({ source, content }: Named): AsrError {
  return new AsrError("audio", `${source.name}: has no sound in it`, {
    reason: `it is ${content.title} without a track of sound`,
    hint: "name a recording",
    notAudio: true,
  });
}

/** There is a track of sound, and nothing in it. */
export function nothingInsideError({ source, content }: Named): AsrError {
  return audioError(
    `${source.name}: is empty`,
    "check what was to write it: the recording or the copy did not come through",
    `it is ${content.title} without a moment of sound`,
  );
}

/** The track can be played, but not be copied. */
export function uncopiedError(name: string, reason: string, cause?: unknown): AsrError {
  return new AsrError("audio", `${name}: its track of sound can't be copied into another file`, {
    reason,
    hint: CONVERT_HINT,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Samples were asked for where there is no decoder. */
export function undecodedError(
  name: string,
  { container, encoding }: Pick<AudioFacts, "container" | "encoding">,
): AsrError {
  return audioError(
    `${name}: can't be decoded here`,
    CONVERT_HINT,
    `there is no decoder for ${encoding} (${container}) in this program`,
  );
}
