import type { Warning } from "../../transcript/transcript.ts";

/** A stored answer had text and nothing that tells when it was said. */
export function estimatedTimes(): Warning {
  return {
    code: "estimated-times",
    message: "the file has no times: they are estimated by the length of the text",
  };
}
