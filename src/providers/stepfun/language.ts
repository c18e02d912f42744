/** `language`, "如 zh" (document, "识别配置"): the primary subtag; for `auto` it is left out. */
import { usageError } from "../../errors.ts";

/** @throws AsrError kind "usage" for what is no BCP 47 tag. */
export function languageField(tag: string): string | undefined {
  if (tag === "auto") return undefined;
  try {
    return new Intl.Locale(tag).language;
  } catch {
    throw usageError(`"${tag}" is no language tag`, "use a BCP 47 tag (zh, en, ja, …) or auto");
  }
}
