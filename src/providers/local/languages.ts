/** BCP 47 tags and Whisper's languages (openai/whisper, `whisper/tokenizer.py`, `LANGUAGES`). */
import { usageError } from "../../errors.ts";
import { nearest } from "./nearest.ts";

/** What Whisper calls by another name than BCP 47 does. */
const WHISPER_NAMES: ReadonlyMap<string, string> = new Map([["jv", "jw"]]);

/** What the multilingual models up to large-v2 know, as BCP 47 tags. */
export const LANGUAGES: readonly string[] = (
  "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th " +
  "ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr " +
  "pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt " +
  "haw ln ha ba jv su"
).split(" ");

/**
 * Other subtags for the same languages: a macrolanguage's own member, names that BCP 47 has
 * given up, three letters where there are two.
 */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["cmn", "zh"],
  ["fil", "tl"],
  ["nb", "no"],
  ["iw", "he"],
  ["in", "id"],
  ["ji", "yi"],
  ["jw", "jv"],
  ["mo", "ro"],
  ["arb", "ar"],
  ["pes", "fa"],
  ["zsm", "ms"],
]);

/** Large-v3 alone, from a folder, knows Cantonese. */
const FOLDER_LANGUAGES: readonly string[] = [...LANGUAGES, "yue"];

/** What `--language` asks for. */
export interface LanguageChoice {
  /** BCP 47 primary subtag; undefined: find out. */
  readonly language: string | undefined;
  /** Chinese characters that the user reads. */
  readonly script: "Hans" | "Hant";
}

const TRADITIONAL = /-(hant|tw|hk|mo)\b/;

/**
 * Reads a BCP 47 tag; "zh-TW", "zh-HK", "zh-MO" and "zh-Hant" ask for traditional characters.
 *
 * @param fromFolder whether the model is the user's own and may know more than ours
 * @throws AsrError kind "usage" for a language that Whisper lacks
 */
export function chooseLanguage(tag: string, fromFolder: boolean): LanguageChoice {
  const lowered = tag.toLowerCase();
  const script = TRADITIONAL.test(lowered) && !lowered.includes("-hans") ? "Hant" : "Hans";
  if (lowered === "auto") return { language: undefined, script };
  const [subtag = ""] = lowered.split("-");
  const language = ALIASES.get(subtag) ?? subtag;
  if ((fromFolder ? FOLDER_LANGUAGES : LANGUAGES).includes(language)) return { language, script };
  throw usageError(`the local recogniser has no language "${tag}"`, suggestion(tag));
}

/** Users also try names ("english"). */
function suggestion(tag: string): string {
  const names = new Intl.DisplayNames("en", { type: "language", fallback: "code" });
  const byName = new Map(
    LANGUAGES.flatMap((code) => [[code, code] as const, [names.of(code) ?? code, code] as const]),
  );
  const meant = byName.get(nearest(tag, [...byName.keys()]) ?? "");
  const question = meant === undefined ? "" : `did you mean "${meant}"? `;
  return `${question}"asr providers local" lists all; "auto" finds out by itself`;
}

/** Whisper's token of a BCP 47 primary subtag: `<|zh|>`. */
export function languageToken(language: string): string {
  return `<|${WHISPER_NAMES.get(language) ?? language}|>`;
}

/** The BCP 47 primary subtag of one of Whisper's tokens. */
export function languageOfToken(token: string): string {
  const name = token.slice(2, -2);
  return ALIASES.get(name) ?? name;
}
