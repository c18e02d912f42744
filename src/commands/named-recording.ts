/** The recording of a finished transcript, where it still lies. */
import path from "node:path";
import { digesting } from "../audio/digest.ts";
import { fileSource } from "../audio/source.ts";
import type { ByteSource } from "../audio/types.ts";
import { AsrError } from "../errors.ts";
import type { Source } from "../transcript/transcript.ts";

export interface NamedRecording {
  /** `--audio`; undefined: the one that the transcript names. */
  readonly audio: string | undefined;
  readonly named: Pick<Source, "name" | "sha256"> | undefined;
  /** Of the transcript; undefined for stdin. */
  readonly transcriptPath: string | undefined;
  readonly workingFolder: string;
}

/**
 * A recording that nobody named on the command line must be the very one: a transcript may come from
 * somebody else, and names whatever it likes.
 *
 * @returns undefined where there is none
 * @throws AsrError kind "audio" for a named one that can't be read; the signal's reason.
 */
export async function namedRecording(
  { audio, named, transcriptPath, workingFolder }: NamedRecording,
  signal: AbortSignal,
): Promise<ByteSource | undefined> {
  if (audio !== undefined) return fileSource(path.resolve(workingFolder, audio), audio);
  if (named === undefined || named.name === "-") return undefined;
  const beside = path.dirname(transcriptPath ?? path.join(workingFolder, "-"));
  // Windows would greet another computer with the user's name to look there.
  const isElsewhere = /^[\\/]{2}/.test(named.name);
  const places = [
    path.join(beside, path.basename(named.name)),
    ...(isElsewhere ? [] : [path.resolve(beside, named.name)]),
    ...(isElsewhere ? [] : [path.resolve(workingFolder, named.name)]),
  ];
  for (const place of new Set(places)) {
    const source = await fileSource(place, named.name).catch(() => undefined);
    // Files of /proc have no size, and some of them make their reader wait for ever.
    if (!source?.reopenable || source.sizeBytes === 0) continue;
    if (await isSame(source, named.sha256, signal)) return source;
  }
  return undefined;
}

async function isSame(source: ByteSource, sha256: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await digesting(source).sha256(signal)) === sha256;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AsrError) return false;
    throw error;
  }
}
