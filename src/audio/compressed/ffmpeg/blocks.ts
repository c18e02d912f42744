/** Decodes by an installed ffmpeg, as a stream. */
import type { AudioBlock, AudioFacts, ByteSource, Container, MediaTools } from "../../types.ts";
import { demuxerOf } from "./demuxers.ts";
import { endedError, noDemuxerError, undecodableError } from "./errors.ts";
import { floatBlocks } from "./float-blocks.ts";
import { inputWords, TOOL_WORDS } from "./input-words.ts";
import { openInput } from "./opened-input.ts";
import { type ToolEnd, toolOutput } from "./tool-process.ts";

/** What a header says and what comes out differ by less, in a file that is whole. */
const LENGTH_SLACK_MS = 500;

/** Shorter by so much, a file is not whole even where ffmpeg finds nothing to complain of. */
const CUT_SHARE = 0.05;

/** They say how long the file is: its pictures may go on when the sound is over. */
const SAYS_FILE_LENGTH: ReadonlySet<Container> = new Set(["webm", "mkv"]);

/**
 * Silence where the track sets in later than the pictures or has a hole, so that times are right;
 * samples are never stretched (ffmpeg-resampler(1), "async", "first_pts").
 */
const TIMELINE_FILTER = "aresample=async=1:first_pts=0";

type OnWarning = (warning: { readonly code: string; readonly message: string }) => void;

/**
 * The samples of the track that the facts describe, at their rate and channel count, in blocks of
 * at most a second. A file on a disk is read by its path (an index may be at its end), anything
 * else through a pipe.
 *
 * @param onWarning told `audio-damaged` or `audio-cut-short`, at the end, where ffmpeg
 *   complained, and gave samples nevertheless.
 * @throws AsrError kind "audio" where there is not one sample, or ffmpeg was ended before it was done
 *   (nobody knows what is missing then); "usage" where ffmpeg does not start; what reading the source
 *   throws; the signal's reason.
 */
export async function* ffmpegBlocks(
  source: ByteSource,
  facts: AudioFacts,
  tools: MediaTools,
  signal?: AbortSignal,
  onWarning?: OnWarning,
): AsyncGenerator<AudioBlock> {
  const { name } = source;
  const isPipe = source.path === undefined;
  const opened = await openInput(source, signal);
  let frameCount = 0;
  let blocks: AsyncGenerator<AudioBlock, ToolEnd> | undefined;
  let end: ToolEnd;
  try {
    const demuxer = demuxerOf(opened.contentId) ?? demuxerOf(facts.container);
    if (demuxer === undefined) throw noDemuxerError(name, facts.encoding);
    const run = {
      program: tools.ffmpeg,
      words: decodeWords(inputWords(demuxer, source.path), facts),
      environment: tools.environment ?? {},
      input: opened.bytes,
    };
    blocks = floatBlocks(toolOutput(run, signal), facts);
    let next = await blocks.next();
    while (!next.done) {
      frameCount += next.value.channelData[0]?.length ?? 0;
      yield next.value;
      next = await blocks.next();
    }
    end = next.value;
  } finally {
    await opened.close();
    await blocks?.return(undefined as never);
  }
  if (end.endedBy !== undefined) throw endedError(name, "ffmpeg", end.endedBy);
  if (frameCount === 0) throw undecodableError(name, end.complaint, isPipe);
  const decodedMs = (frameCount * 1000) / facts.sampleRate;
  for (const warning of warningsOf(name, end, decodedMs, facts)) onWarning?.(warning);
}

function decodeWords(input: readonly string[], facts: AudioFacts): readonly string[] {
  return [
    ...TOOL_WORDS,
    "-nostdin",
    ...input,
    "-map",
    `0:a:${facts.trackIndex ?? 0}`,
    ...["-vn", "-sn", "-dn"],
    ...["-af", TIMELINE_FILTER],
    ...["-ac", String(facts.channels)],
    ...["-ar", String(facts.sampleRate)],
    // Larger pieces through the pipe: nearly half of the time was handing over small ones.
    ...["-flush_packets", "0"],
    ...["-c:a", "pcm_f32le"],
    ...["-f", "f32le"],
    "pipe:1",
  ];
}

function warningsOf(
  name: string,
  { ok, complaint }: ToolEnd,
  decodedMs: number,
  { container, durationMs: saidMs }: AudioFacts,
): readonly { readonly code: string; readonly message: string }[] {
  const missingMs = (saidMs ?? 0) - decodedMs;
  const isShort = missingMs > LENGTH_SLACK_MS;
  if (ok && complaint === undefined) {
    const isCut = isShort && missingMs > (saidMs ?? 0) * CUT_SHARE;
    if (!isCut || SAYS_FILE_LENGTH.has(container)) return [];
  }
  const why = complaint === undefined ? "" : ` (ffmpeg: ${complaint})`;
  if (ok && !isShort) {
    const message = `${name} is damaged; what could be decoded is used${why}`;
    return [{ code: "audio-damaged", message }];
  }
  const said = saidMs === undefined ? "" : ` of ${(saidMs / 1000).toFixed(1)} s`;
  const message = `${name} could be decoded up to ${(decodedMs / 1000).toFixed(1)} s${said}${why}`;
  return [{ code: "audio-cut-short", message }];
}
