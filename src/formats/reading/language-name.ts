/** Whisper and OpenAI name a language in English ("chinese"); a transcript has its BCP 47 tag. */

/** Whisper's languages (openai/whisper, tokenizer.py, LANGUAGES). */
const TAGS =
  "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue".split(
    " ",
  );

/** Names that are not what Unicode's data call the language. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  mandarin: "zh",
  castilian: "es",
  flemish: "nl",
  tagalog: "tl",
  javanese: "jv",
  myanmar: "my",
  "haitian creole": "ht",
  cantonese: "yue",
};

const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;

/** @returns undefined for a name that is not known */
export function languageTag(name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const tag = TAGS.find((candidate) => names.of(candidate)?.toLowerCase() === wanted);
  return tag ?? OTHER_NAMES[wanted] ?? (TAG.test(wanted) ? name.trim() : undefined);
}
