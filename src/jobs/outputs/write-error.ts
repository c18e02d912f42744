/** What a user is told when a result can't be written (exit 10). */
import { AsrError, messageOf, systemCode } from "../../errors.ts";

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: ["you may not write there", "check the folder's permissions, or choose another -o"],
  EPERM: ["you may not write there", "check the folder's permissions, or choose another -o"],
  EROFS: ["it is on a read-only disk", "choose another -o"],
  ENOSPC: ["the disk is full", "free some space, or choose another -o"],
  EDQUOT: ["your share of the disk is used up", "free some space, or choose another -o"],
  EFBIG: ["it is larger than this disk or account allows", "choose another -o"],
  EISDIR: ["it is a folder", "choose another -o"],
  ENOTDIR: ["a part of its path is a file, not a folder", "choose another -o"],
  EEXIST: ["a file is in the way", "choose another -o"],
  ENOTEMPTY: ["it is a folder", "choose another -o"],
  ELOOP: ["its symbolic links lead in a circle", "name the file itself"],
  ENAMETOOLONG: ["its name is too long for this disk", "shorten the name"],
  ENXIO: ["nothing is at its other end", "choose another -o"],
  EPIPE: ["its reader went away", "keep the reader open until the end"],
  EMFILE: ["too many files are open", "lower --concurrency or raise the limit (ulimit -n)"],
};

/** What the next result would meet as well: nothing more is to be paid for. */
const OF_THE_DISK: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "EROFS"]);

/**
 * Turns whatever was met at an output into an `AsrError` of kind "output".
 *
 * @param hint what to do, where it is known better than from the system's code
 */
export function writeError(file: string, error: unknown, hint?: string): AsrError {
  if (error instanceof AsrError) return error;
  const [reason, usualHint] = REASONS[systemCode(error) ?? ""] ?? [
    messageOf(error),
    "check the path, or choose another -o",
  ];
  return new AsrError("output", `can't write ${file}`, {
    reason,
    hint: hint ?? usualHint,
    ...(OF_THE_DISK.has(systemCode(error)) ? { stopsBatch: true } : {}),
    cause: error,
  });
}
