/** Engines of Tencent realtime over HTTP (document, `engine_model_type`) and their languages. */
import type { LanguageTable } from "../engines.ts";

export const REALTIME_ENGINES: readonly string[] = ["16k_0", "8k_0", "16k_en"];

const GENERAL = { wide: "16k_0", narrow: "8k_0" };

export const REALTIME_LANGUAGES: LanguageTable = {
  auto: GENERAL,
  zh: GENERAL,
  en: { wide: "16k_en" },
};

/** BCP 47 tag; undefined: not known. */
export function languageOfEngine(engine: string): string | undefined {
  if (engine === "16k_en") return "en";
  return engine === "16k_0" || engine === "8k_0" ? "zh" : undefined;
}
