/** What an engine's name says, and which engine a language asks for. */
import { usageError } from "../../errors.ts";
import type { Warning } from "../../transcript/transcript.ts";

/** Engines for a language: for wide-band audio, and for telephone audio where there is one. */
export interface LanguageRow {
  readonly wide: string;
  readonly narrow?: string;
}

/** By lower-case language subtag, `auto` among them. */
export type LanguageTable = Readonly<Record<string, LanguageRow>>;

const NARROW_HZ = 8000;
export const WIDE_HZ = 16_000;

/** Other names of the same languages. */
const ALIASES: Readonly<Record<string, string>> = { cmn: "zh", tl: "fil" };

/**
 * The engine for a language tag.
 *
 * @param sampleRate Of the audio, in Hz; undefined: not known, taken for wide-band.
 * @throws AsrError kind "usage" for a language that the provider lacks.
 */
export function engineForLanguage(
  language: string,
  sampleRate: number | undefined,
  table: LanguageTable,
): string {
  const row = subtags(language)
    .map((tag) => (Object.hasOwn(table, tag) ? table[tag] : undefined))
    .find((known) => known !== undefined);
  if (row === undefined) {
    throw usageError(
      `no engine for the language "${language}"`,
      `choose one of ${Object.keys(table).join(", ")}; or name an engine with -m`,
    );
  }
  const isNarrow = sampleRate !== undefined && sampleRate <= NARROW_HZ;
  return isNarrow ? (row.narrow ?? row.wide) : row.wide;
}

/** The subtags that may name the language, the closest first: zh-yue is yue before it is zh. */
function subtags(language: string): string[] {
  const tag = language.toLowerCase();
  if (tag === "auto") return [tag];
  if (!/^[a-z]{2,3}(?:[-_][a-z\d]{1,8})*$/.test(tag)) return [];
  const [primary = "", extended = ""] = tag.split(/[-_]/);
  const tags = /^[a-z]{3}$/.test(extended) ? [extended, primary] : [primary];
  return tags.map((name) => ALIASES[name] ?? name);
}

/**
 * Engines are checked for their shape alone: Tencent adds some faster than documents tell.
 *
 * @returns a warning where the engine is in no list.
 * @throws AsrError kind "usage" for what can't be an engine.
 */
export function checkEngine(engine: string, known: readonly string[]): Warning[] {
  if (known.includes(engine)) return [];
  if (!/^(?:8k|16k)_\w[\w-]*$/.test(engine)) {
    throw usageError(
      `"${engine}" is not an engine`,
      `an engine is called like ${known.slice(0, 3).join(", ")}`,
    );
  }
  return [
    { code: "unknown-engine", message: `the engine ${engine} is not known here; sent as it is` },
  ];
}

/** The sample rate that an engine listens at, in Hz. */
export function engineRate(engine: string): number {
  return engine.startsWith("8k_") ? NARROW_HZ : WIDE_HZ;
}
