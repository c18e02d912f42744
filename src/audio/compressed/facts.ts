/** What can be known of compressed audio without a decoder. */
import type { Content } from "../sniff.ts";
import { readAmrFacts } from "./amr.ts";
import { readContainerFacts } from "./containers.ts";
import { nothingInsideError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";
import { isOggSpeex, readSpeexFacts } from "./ogg-speex.ts";
import { readSilkFacts } from "./silk.ts";

/** Contents, as `sniff` names them, that can be sent as they are. */
const READERS: Readonly<
  Record<string, (input: CompressedInput, signal?: AbortSignal) => Promise<CompressedFacts>>
> = {
  mp3: readContainerFacts,
  aac: readContainerFacts,
  m4a: readContainerFacts,
  mp4: readContainerFacts,
  flac: readContainerFacts,
  webm: readContainerFacts,
  ogg: async (input, signal) =>
    (await isOggSpeex(input.reader)) ? readSpeexFacts(input) : readContainerFacts(input, signal),
  amr: readAmrFacts,
  silk: readSilkFacts,
};

/** Whether an input is compressed audio whose facts are read here. */
export function isCompressed({ id }: Content): boolean {
  return Object.hasOwn(READERS, id);
}

/**
 * Reads the facts of an input for which `isCompressed` holds.
 *
 * @throws AsrError kind "audio" where it is damaged, or holds no sound or none of a known codec;
 *   what reading throws; the signal's reason.
 */
export async function readCompressedFacts(
  input: CompressedInput,
  signal?: AbortSignal,
): Promise<CompressedFacts> {
  const read = READERS[input.content.id] ?? readContainerFacts;
  const facts = await read(input, signal);
  if (facts.durationMs === 0) throw nothingInsideError(input);
  return facts;
}
