/** What a user is told when an input can't be opened or read. */
import { AsrError, audioError, messageOf, systemCode } from "../errors.ts";

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOENT: ["there is no such file", "check the path and the folder it starts from"],
  ENOTDIR: ["a part of its path is a file, not a folder", "check the path"],
  EISDIR: ["it is a folder, not a file", "name a file in it"],
  EACCES: ["you may not read it", "get read permission for the file and the folders above it"],
  EPERM: ["you may not read it", "get read permission for the file and the folders above it"],
  ELOOP: ["its symbolic links lead in a circle", "name the file itself"],
  ENAMETOOLONG: ["its name is too long for this system", "shorten the name or the path"],
  EMFILE: ["too many files are open", "lower --concurrency or raise the limit (ulimit -n)"],
  EIO: ["the disk or the network share failed", "copy the file to a local disk and try again"],
};

/** Turns a system error met at an input into an `AsrError` (kind "audio"). */
export function readError(name: string, error: unknown): AsrError {
  if (error instanceof AsrError) return error;
  const [reason, hint] = REASONS[systemCode(error) ?? ""] ?? [messageOf(error), undefined];
  return new AsrError("audio", `${name}: can't be read`, {
    reason,
    ...(error instanceof Error ? { cause: error } : {}),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** A pipe was asked for a second pass. */
export function alreadyReadError(name: string): AsrError {
  return audioError(
    `${name}: can be read only once`,
    "save it to a file first and name that file",
    "it is a pipe, and a pipe does not start again",
  );
}
