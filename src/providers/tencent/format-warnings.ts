/** What `--set voice_format` says against what is sent. */
import type { Warning } from "../../transcript/transcript.ts";
import type { Query } from "./signature.ts";

/**
 * A warning where the parameter contradicts the audio.
 *
 * @param voiceFormat The vendor's name for the audio as it is sent.
 */
export function formatWarnings(query: Query, voiceFormat: string | undefined): Warning[] {
  const { voice_format: sent } = query;
  if (voiceFormat === undefined || sent === voiceFormat) return [];
  return [
    {
      code: "format-overridden",
      message: `voice_format=${sent} is sent as asked, though the audio's is ${voiceFormat}`,
    },
  ];
}
