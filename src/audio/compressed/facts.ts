/** What can be known of compressed audio without decoding it. */
import { AsrError } from "../../errors.ts";
import type { Content } from "../sniff.ts";
import type { CompressedWavError } from "../wav/format.ts";
import { readAmrFacts } from "./amr.ts";
import { readContainerFacts } from "./containers.ts";
import { nothingInsideError } from "./errors.ts";
import { isForeign } from "./ffmpeg/demuxers.ts";
import { toolMissingError } from "./ffmpeg/errors.ts";
import { readForeignFacts } from "./ffmpeg/probe.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";
import { isOggSpeex, readSpeexFacts } from "./ogg-speex.ts";
import { readSilkFacts } from "./silk.ts";

/** By contents, as `sniff` names them. */
const READERS: Readonly<
  Record<string, (input: CompressedInput, signal?: AbortSignal) => Promise<CompressedFacts>>
> = {
  mp3: readContainerFacts,
  aac: readContainerFacts,
  m4a: readContainerFacts,
  mp4: readContainerFacts,
  flac: readContainerFacts,
  webm: readContainerFacts,
  mkv: readContainerFacts,
  ogg: async (input, signal) =>
    (await isOggSpeex(input.reader)) ? readSpeexFacts(input) : readContainerFacts(input, signal),
  amr: readAmrFacts,
  silk: readSilkFacts,
};

/** Whether an input is compressed audio whose facts are read here. */
export function isCompressed({ id }: Content): boolean {
  return Object.hasOwn(READERS, id) || isForeign(id);
}

/**
 * Reads the facts of an input for which `isCompressed` holds.
 *
 * @throws AsrError kind "audio" where it is damaged or holds no sound, "usage" where only ffmpeg
 *   reads it and there is none; what reading throws; the signal's reason.
 */
export async function readCompressedFacts(
  input: CompressedInput,
  signal?: AbortSignal,
): Promise<CompressedFacts> {
  const read = READERS[input.content.id];
  const facts =
    read === undefined
      ? await readForeignFacts(input, signal)
      : await read(input, signal).catch((error: unknown) => otherwiseForeign(error, input, signal));
  if (facts.durationMs === 0) throw nothingInsideError(input);
  return facts;
}

/**
 * The facts of a WAV file whose samples are compressed; of a pipe what the header says.
 *
 * @param error why it is not read here.
 * @throws AsrError kind "usage" where its codec needs an ffmpeg that is not installed; `error` where
 *   ffmpeg does not read it either.
 */
export async function readCompressedWav(
  input: CompressedInput,
  error: CompressedWavError,
  signal?: AbortSignal,
): Promise<CompressedFacts> {
  const { isKnown, ...shape } = error.format;
  const { source, tools } = input;
  if (isKnown && tools === undefined) throw toolMissingError(source.name, `it is ${error.title}`);
  if (isKnown && !source.reopenable) return { container: "wav", encoding: "other", ...shape };
  const content = { ...input.content, title: error.title };
  const facts = isKnown
    ? await readForeignFacts({ ...input, content }, signal)
    : await otherwiseForeign(error, { ...input, content }, signal);
  const { otherContainer: _, ...others } = facts;
  return { ...others, container: "wav" };
}

/**
 * What is damaged for a reader of ours may be of a kind that ffmpeg knows (FLAC in Ogg). Of a pipe
 * the beginning is gone.
 *
 * @throws `error` where it is not.
 */
async function otherwiseForeign(
  error: unknown,
  input: CompressedInput,
  signal: AbortSignal | undefined,
): Promise<CompressedFacts> {
  const isDamaged = error instanceof AsrError && error.kind === "audio" && !error.details.notAudio;
  const canAsk = input.tools?.ffprobe !== undefined && input.source.reopenable;
  if (!isDamaged || !canAsk) throw error;
  return readForeignFacts(input, signal).catch((failure: unknown) => {
    throw failure instanceof AsrError && failure.kind === "audio" ? error : failure;
  });
}
