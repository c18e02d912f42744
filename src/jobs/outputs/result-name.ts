/** Results that a list names: paths below the output folder. Pure: looks at no disk. */
import path from "node:path";
import { hasAudioName } from "../../audio/audio-name.ts";

/** Names without any part that leads up or elsewhere, on this system or another. */
export function isBelowAny(written: string): boolean {
  const parts = written.split(/[/\\]/);
  const isElsewhere = path.posix.isAbsolute(written) || path.win32.isAbsolute(written);
  const [first = ""] = parts;
  const last = parts.at(-1);
  return !(
    isElsewhere ||
    /^[A-Za-z]:/.test(first) ||
    parts.includes("..") ||
    written.includes("\0") ||
    last === "" ||
    last === "."
  );
}

/**
 * The folders and the name of a result, the name without an extension that a format's takes the
 * place of: a transcript's or a recording's. `lecture 1.2` keeps all of its name.
 *
 * @param written as `isBelowAny` lets it pass
 * @param knownExtensions of transcripts, without the dot
 */
export function resultName(
  written: string,
  knownExtensions: readonly string[],
): { readonly folders: readonly string[]; readonly stem: string } {
  const parts = path.normalize(written).split(path.sep);
  const name = parts.pop() ?? "";
  const extension = path.extname(name);
  const isReplaced =
    hasAudioName(name) || knownExtensions.includes(extension.slice(1).toLowerCase());
  return { folders: parts, stem: isReplaced ? name.slice(0, -extension.length) : name };
}
