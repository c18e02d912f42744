/** Warnings that only the audio as it is sent gives rise to. */
import type { WarningEvent } from "../../transcript/events.ts";
import type { Warning } from "../../transcript/transcript.ts";

/** Those that have not been told when the settings were resolved. */
export function* newWarnings(
  warnings: readonly Warning[],
  told: readonly Warning[],
): Generator<WarningEvent> {
  const codes = new Set(told.map(({ code }) => code));
  for (const warning of warnings) {
    if (!codes.has(warning.code)) yield { type: "warning", warning };
  }
}
