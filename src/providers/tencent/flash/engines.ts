/** Engines of Tencent flash and the languages they hear. */
import type { LanguageTable } from "../engines.ts";

/** Engines by where they are written down; the first is the default of `--language auto`. */
const ENGINES_OF_DOCUMENT = [
  "16k_zh-PY",
  "16k_zh",
  "8k_zh",
  "16k_en",
  "8k_en",
  "16k_yue",
  "16k_zh_dialect",
  "16k_ja",
  "16k_ko",
  "16k_vi",
  "16k_ms",
  "16k_id",
  "16k_fil",
  "16k_th",
  "16k_pt",
  "16k_tr",
];
const ENGINES_OF_NEWER_DOCUMENT = ["16k_ar", "16k_es", "16k_hi", "16k_fr", "16k_de"];
/** Public users' code; in no document. */
const ENGINES_OF_USERS = ["16k_zh_en", "16k_zh_large", "16k_multi_lang", "8k_zh_large"];

export const FLASH_ENGINES: readonly string[] = [
  ...ENGINES_OF_DOCUMENT,
  ...ENGINES_OF_NEWER_DOCUMENT,
  ...ENGINES_OF_USERS,
];

const DIALECTS = { wide: "16k_zh_dialect" };

/**
 * Dialect tags are the ISO 639-3 languages of the document's 23 dialects: Shanghai, Suzhou and
 * Hangzhou are Wu, Nanchang is Gan, Changsha Xiang, Taiyuan Jin; the others are Mandarin, which
 * `-m 16k_zh_dialect` asks for.
 */
export const FLASH_LANGUAGES: LanguageTable = {
  auto: { wide: "16k_zh-PY", narrow: "8k_zh" },
  zh: { wide: "16k_zh", narrow: "8k_zh" },
  en: { wide: "16k_en", narrow: "8k_en" },
  yue: { wide: "16k_yue" },
  wuu: DIALECTS,
  gan: DIALECTS,
  hsn: DIALECTS,
  cjy: DIALECTS,
  ...Object.fromEntries(
    ["ja", "ko", "vi", "ms", "id", "fil", "th", "pt", "tr", "ar", "es", "hi", "fr", "de"].map(
      (tag) => [tag, { wide: `16k_${tag}` }],
    ),
  ),
};

/** Engines of Mandarin (document, 3.2: "目前支持中文普通话引擎"); that of dialects is none. */
export const MANDARIN_ENGINES = /^(?:8k|16k)_zh(?!_dialect)(?:$|[_-])/;

/** Engines with forced replacement of what sounds the same (document, 3.2). */
export const REPLACING_ENGINES = /^(?:8k|16k)_zh$/;

/** BCP 47 tag of an engine that hears one language alone; undefined: several, or not known. */
export function languageOfEngine(engine: string): string | undefined {
  const name = engine.replace(/^(?:8k|16k)_/, "").replace(/_large$/, "");
  return /^(?:auto|wuu|gan|hsn|cjy)$/.test(name) || !Object.hasOwn(FLASH_LANGUAGES, name)
    ? undefined
    : name;
}

/** Large-model engines have limits of their own (newer document). */
export function isLargeModel(engine: string): boolean {
  return engine.endsWith("_large");
}
