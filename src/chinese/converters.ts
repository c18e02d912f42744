/** The two ways to each script: from simplified text, and from traditional text of any region. */
import type { ConverterFunction, DictGroup } from "opencc-js/core";
import type { ChineseScript } from "./script.ts";

interface Converters {
  readonly fromSimplified: ConverterFunction;
  readonly fromTraditional: ConverterFunction;
}

/** OpenCC's name of each script, as in its configurations s2t, s2tw and s2hk. */
const REGIONS = { traditional: "t", taiwan: "tw", hongkong: "hk" } as const;

type TraditionalScript = keyof typeof REGIONS;

async function dictionary(module: Promise<{ readonly default: string }>): Promise<string> {
  return (await module).default;
}

/** What Taiwan and Hong Kong write otherwise (着 and 著, 說 and 説), back to OpenCC's standard. */
async function toStandard(): Promise<DictGroup> {
  return Promise.all([
    dictionary(import("opencc-js/dict/TWVariantsRevPhrases")),
    dictionary(import("opencc-js/dict/TWVariantsRev")),
    dictionary(import("opencc-js/dict/HKVariantsRev")),
  ]);
}

async function toSimplified(): Promise<Converters> {
  const { ConverterFactory } = await import("opencc-js/core");
  const simplify: DictGroup = await Promise.all([
    dictionary(import("opencc-js/dict/TSPhrases")),
    dictionary(import("opencc-js/dict/TSCharacters")),
  ]);
  return {
    fromSimplified: ConverterFactory([simplify]),
    fromTraditional: ConverterFactory([await toStandard()], [simplify]),
  };
}

async function toTraditional(to: TraditionalScript): Promise<Converters> {
  const { ConverterBuilder, ConverterFactory } = await import("opencc-js/core");
  const preset = await import("opencc-js/preset/cn2t");
  const region = REGIONS[to];
  return {
    fromSimplified: ConverterBuilder(preset)({ from: "cn", to: region }),
    fromTraditional: ConverterFactory([await toStandard()], preset.to[region] ?? []),
  };
}

/** Loads what OpenCC needs for the target script. */
export function convertersTo(to: ChineseScript): Promise<Converters> {
  return to === "simplified" ? toSimplified() : toTraditional(to);
}
