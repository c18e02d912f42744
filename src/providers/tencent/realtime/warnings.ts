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
  const { words, speakers, hotwords, model } = settings;
  const { template_name: template, needvad } = set;
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) =>
    warnings.push({ code, message: `Tencent realtime ${message}` });
  if (words) warn("unsupported-words", "gives no word times");
  if (speakers) warn("unsupported-speakers", "does not tell speakers apart");
  if (hotwords.length > 0) warn("unsupported-hotwords", "takes no hotwords");
  if (needvad === 0 && (settings.live || durationMs > MAX_PLAIN_MS)) {
    warn("needs-needvad", `refuses audio over ${MAX_PLAIN_MS / 1000} s with needvad=0`);
  }
  const overruled = [
    ["sub_service_type", set.sub_service_type],
    ["engine_model_type", set.engine_model_type],
    ["res_type", set.res_type],
    ["-m", model],
  ].flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (template !== undefined && overruled.length > 0) {
    warn("ignored-for-template", `goes by template_name and not by ${overruled.join(", ")}`);
  }
  return warnings;
}
