/** Models (document, "识别配置"; stepaudio-3-asr-max: newer document). */

export const DEFAULT_MODEL = "stepaudio-2.5-asr";
export const MODELS = [DEFAULT_MODEL, "stepaudio-2-asr-pro", "stepaudio-3-asr-max"] as const;

/** "等同于 stepaudio-2.5-asr", kept for older programs (document, "兼容性说明"). */
export const MODEL_ALIAS = "step-asr-1.1-stream";

/** The model that a name means; undefined for an unknown one. */
export function modelNamed(name: string): string | undefined {
  return name === MODEL_ALIAS ? DEFAULT_MODEL : MODELS.find((model) => model === name);
}
