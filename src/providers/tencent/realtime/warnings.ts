/** What was asked of Tencent realtime and can't be had; `--strict` makes an error of each. */
import type { z } from "zod";
import type { Warning } from "../../../transcript/transcript.ts";
import type { RecognitionSettings } from "../../contract.ts";
import { MAX_PLAIN_MS } from "./limits.ts";
import type { realtimeParameters } from "./parameters.ts";

type SetParameters = z.output<typeof realtimeParameters>;

/** @param durationMs Infinite where the end is not known. */
export function realtimeWarnings(
  settings: RecognitionSettings,
  set: SetParameters,
  durationMs: number,
): Warning[] {
  const { words, speakers, hotwords, live } = settings;
  const { template_name: template, needvad } = set;
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) =>
    warnings.push({ code, message: `Tencent realtime ${message}` });
  if (words) warn("unsupported-words", "gives no word times");
  if (speakers) warn("unsupported-speakers", "does not tell speakers apart");
  if (hotwords.length > 0) warn("unsupported-hotwords", "takes no hotwords");
  // Live, a voice ends long before.
  if (needvad === 0 && !live && durationMs > MAX_PLAIN_MS) {
    warn("needs-needvad", `refuses audio over ${MAX_PLAIN_MS / 1000} s with needvad=0`);
  }
  if (template !== undefined && set.sub_service_type !== undefined) {
    warn("ignored-for-template", "goes by template_name and not by sub_service_type");
  }
  return warnings;
}
