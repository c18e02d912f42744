/** Which compressed audio can be decoded while it still comes through a pipe. */
import { type AsrError, audioError } from "../../errors.ts";
import type { Content } from "../sniff.ts";

/** By the content's id. Others say only at their end what is in them, or are read there first. */
const IN_ORDER: ReadonlySet<string> = new Set(["mp3", "flac", "aac", "amr", "webm", "mkv"]);

export function isDecodedInOrder({ id }: Content): boolean {
  return IN_ORDER.has(id);
}

export function onlyWholeError(name: string, { title }: Content): AsrError {
  return audioError(
    `${name}: is ${title}, which can't be decoded while it comes`,
    "decode it on the way: ffmpeg -i - -f wav - | asr stream; or save it and name the file",
    "it is read only once it is whole",
  );
}
