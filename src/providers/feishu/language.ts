/** Languages: one engine for Mandarin and English mixed ("16k_auto 中英混合", both documents). */
import { usageError } from "../../errors.ts";

/** What `--language` takes here, by the primary subtag. */
export const LANGUAGES: readonly string[] = ["auto", "zh", "en"];

/** @throws AsrError kind "usage" for a language that the engine lacks, or no tag at all. */
export function checkLanguage(tag: string, providerId: string): void {
  if (tag === "auto" || LANGUAGES.includes(primarySubtag(tag) ?? "")) return;
  throw usageError(
    `${providerId} does not recognise the language "${tag}"`,
    `choose one of: ${LANGUAGES.join(", ")}; or another provider`,
  );
}

/** "zh" of "zh-Hans-CN" and of "cmn"; undefined for what is no BCP 47 tag. */
function primarySubtag(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}
