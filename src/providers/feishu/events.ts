/** Events that both APIs share. */
import type { WarningEvent } from "../../transcript/events.ts";
import type { Site } from "./site.ts";

export function noSpeech(): WarningEvent {
  const message = "no speech was found in the audio";
  return { type: "warning", warning: { code: "no-speech", message } };
}

export function billedTwice({ name }: Site): WarningEvent {
  const message = `a request was repeated although its answer was lost: ${name} may bill it twice`;
  return { type: "warning", warning: { code: "possibly-billed-twice", message } };
}
