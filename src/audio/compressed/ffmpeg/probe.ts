/** What ffprobe says of a container that only ffmpeg reads. */
import type { MediaTools } from "../../types.ts";
import { damagedError, noSoundError } from "../errors.ts";
import type { CompressedFacts, CompressedInput } from "../input.ts";
import { demuxerOf } from "./demuxers.ts";
import { endedError, toolMissingError } from "./errors.ts";
import { inputWords, TOOL_WORDS } from "./input-words.ts";
import { toolOutput } from "./tool-process.ts";

/** Of a pipe: headers lie in front, and no more of it is kept. */
const HEAD_BYTES = 1024 * 1024;
/** An answer has some hundred bytes a stream. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Shown to users; "unknown" is none. */
const CODEC_NAME = /^(?!unknown$)[\w.-]{1,32}$/;

const MAX_RATE = 768_000;
const MAX_CHANNELS = 255;

interface Answer {
  readonly streams?: readonly {
    readonly codec_type?: string;
    readonly codec_name?: string;
    readonly sample_rate?: string;
    readonly channels?: number;
    readonly duration?: string;
  }[];
  readonly format?: { readonly duration?: string };
}

/**
 * The facts of the first track of sound.
 *
 * @throws AsrError kind "usage" where there are no tools, "audio" where the file is damaged or has
 *   no sound, or ffprobe was ended; what reading throws; the signal's reason.
 */
export async function readForeignFacts(
  input: CompressedInput,
  signal?: AbortSignal,
): Promise<CompressedFacts> {
  const { source, content, tools } = input;
  if (tools === undefined) throw toolMissingError(source.name, `it is ${content.title}`);
  if (tools.ffprobe === undefined) {
    throw toolMissingError(source.name, `it is ${content.title}`, "ffprobe");
  }
  const answer = await askProbe(tools.ffprobe, tools, input, signal);
  const streams = Array.isArray(answer?.streams) ? answer.streams : [];
  const track = streams.find(({ codec_type }) => codec_type === "audio");
  if (track === undefined) throw streams.length > 0 ? noSoundError(input) : damagedError(input);
  const sampleRate = Number(track.sample_rate);
  const channels = Number(track.channels);
  if (!isCount(sampleRate, MAX_RATE) || !isCount(channels, MAX_CHANNELS)) throw damagedError(input);
  const facts = {
    container: "other",
    otherContainer: content.id,
    encoding: "other",
    ...(CODEC_NAME.test(track.codec_name ?? "") ? { otherEncoding: track.codec_name } : {}),
    sampleRate,
    channels,
  } as const;
  const durationMs = Math.round(Number(track.duration ?? answer?.format?.duration) * 1000);
  // Of a pipe ffprobe has seen the beginning alone.
  const isTold = source.reopenable && Number.isSafeInteger(durationMs) && durationMs >= 0;
  return isTold ? { ...facts, durationMs } : facts;
}

/** @returns undefined where it could make nothing of the input. */
async function askProbe(
  program: string,
  { environment = {} }: MediaTools,
  { source, content, reader }: CompressedInput,
  signal: AbortSignal | undefined,
): Promise<Answer | undefined> {
  const demuxer = demuxerOf(content.id);
  if (demuxer === undefined) return undefined;
  const head = source.reopenable ? undefined : [await reader.peek(HEAD_BYTES)];
  const words = [
    ...TOOL_WORDS,
    ...["-of", "json"],
    ...[
      "-show_entries",
      "stream=codec_type,codec_name,sample_rate,channels,duration:format=duration",
    ],
    ...inputWords(demuxer, source.path),
  ];
  const run = {
    program,
    words,
    environment,
    input:
      source.path === undefined
        ? (stop: AbortSignal) => (head === undefined ? source.open(stop) : oneByOne(head))
        : undefined,
  };
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  const output = toolOutput(run, signal);
  try {
    let next = await output.next();
    for (; !next.done; next = await output.next()) {
      sizeBytes += next.value.length;
      if (sizeBytes > MAX_ANSWER_BYTES) return undefined;
      parts.push(next.value);
    }
    const { endedBy } = next.value;
    if (endedBy !== undefined) throw endedError(source.name, "ffprobe", endedBy);
  } finally {
    await output.return(undefined as never);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8")) as Answer;
  } catch {
    return undefined;
  }
}

async function* oneByOne(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= max;
}
