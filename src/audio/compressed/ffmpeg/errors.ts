/** What a user is told when ffmpeg is missing, can't be started or finds no way. */
import { type AsrError, audioError, messageOf, systemCode, usageError } from "../../../errors.ts";

/** What to do without ffmpeg. */
export const INSTALL_HINT =
  "install ffmpeg (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg), or convert it elsewhere: ffmpeg -i IN -c:a pcm_s16le OUT.wav";

const START_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it is not there any more",
  EACCES: "it may not be run",
  EPERM: "it may not be run",
  ENOEXEC: "it is not a program for this machine",
};

/**
 * @param found what is in the file: "it is an AVI video", "there is no decoder for aac here".
 */
export function toolMissingError(name: string, found: string, tool = "ffmpeg"): AsrError {
  return usageError(
    `${name}: can't be read without ${tool}, which is not installed`,
    tool === "ffmpeg" ? INSTALL_HINT : `install ${tool}: it comes with ffmpeg`,
    found,
  );
}

/** The program was found, and does not start. */
export function startError(program: string, error: unknown): AsrError {
  return usageError(
    `${program}: can't be started`,
    "install ffmpeg again, or take it out of the PATH",
    START_REASONS[systemCode(error) ?? ""] ?? messageOf(error),
  );
}

/**
 * The program was killed, or crashed: the file may be whole, and what came out of it is not.
 *
 * @param endedBy the signal's name, or "a signal".
 */
export function endedError(name: string, program: string, endedBy: string): AsrError {
  return audioError(
    `${name}: ${program} was ended before it was done`,
    endedBy === "SIGKILL"
      ? "run it again; where memory ran out, with fewer inputs at once (-j 1)"
      : "run it again",
    `it was ended by ${endedBy}`,
  );
}

/** @param encoding of a format that ffmpeg has no demuxer for (SILK). */
export function noDemuxerError(name: string, encoding: string): AsrError {
  return audioError(
    `${name}: can't be decoded`,
    "convert it to WAV first",
    `ffmpeg does not read ${encoding}`,
  );
}

/** @param complaint what ffmpeg said, or undefined. */
export function undecodableError(
  name: string,
  complaint: string | undefined,
  isPipe: boolean,
): AsrError {
  return audioError(
    `${name}: can't be decoded`,
    isPipe
      ? "save it to a file first and name that file: some files can't be read in order alone"
      : "copy, download or export it again: it is not whole",
    complaint === undefined
      ? "ffmpeg found no sound in it"
      : `ffmpeg found no sound in it: ${complaint}`,
  );
}
