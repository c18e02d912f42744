/** What a user is told when an input is no recording, or one without audio. */

import { AsrError, audioError } from "../errors.ts";
import { hasAudioName } from "./audio-name.ts";
import { describeFormat } from "./encoding.ts";
import type { SampleLayout } from "./sample-layout.ts";
import type { Content } from "./sniff.ts";

/** What to do with a recording that is not decoded here. */
export const CONVERT_HINT = "convert it first: ffmpeg -i IN -c:a pcm_s16le OUT.wav";

/** What to do where nothing tells headerless audio from something else. */
export const DESCRIBE_HINT =
  "if it is headerless PCM, say what it is: --rate, --encoding or --channel-count";

/**
 * The input is something else than a recording that is read here.
 *
 * @param rawGiven whether the user said what headerless audio is.
 */
export function notAudioError(name: string, content: Content, rawGiven: boolean): AsrError {
  if (content.id === "empty") {
    // Nothing to go by but the name: a recording that came to nothing must not be passed over.
    return new AsrError("audio", `${name}: is empty`, {
      reason: "it has 0 bytes",
      hint: "check what was to write it: the recording or the copy did not come through",
      notAudio: !hasAudioName(name),
    });
  }
  const reason =
    content.id === "unknown"
      ? "it has no header of a kind known here"
      : `it is ${content.title}${rawGiven ? ", not headerless audio" : ""}`;
  return new AsrError("audio", `${name}: is not a recording that can be read here`, {
    reason,
    hint: mend(content),
    notAudio: true,
  });
}

function mend(content: Content): string {
  if (content.id === "html" || content.id === "json" || content.id === "xml") {
    return "a download that failed often leaves such a file: fetch the audio again";
  }
  return content.certain ? "name a recording" : DESCRIBE_HINT;
}

/** A recording without a single frame. */
export function noSamplesError(name: string, layout: SampleLayout, presentBytes: number): AsrError {
  const says = layout.container !== "pcm" ? "header says " : "";
  return audioError(
    `${name}: ${says}${describeFormat(layout)}, ${presentBytes} bytes of audio`,
    "check what was to write it: the recording or the copy did not come through",
    "there is not one sample in it",
  );
}
