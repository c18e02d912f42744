/** What a page needs of a recording to let one hear and see it. */
import { convert, decodedBlocks } from "../../audio/convert.ts";
import { wavHeader } from "../../audio/encode.ts";
import { type OpenOptions, openRecording } from "../../audio/open.ts";
import { peaksOf } from "../../audio/peaks.ts";
import { playableTypeOf } from "../../audio/playable.ts";
import type { ByteSource, Recording } from "../../audio/types.ts";
import { WAV_HEADER_BYTES } from "../../audio/wav/plain-header.ts";
import { AsrError } from "../../errors.ts";
import type { EmbeddedSound, Sound, Waveform } from "../../transcript/sound.ts";
import { linkTo } from "./link.ts";

/** Of a recording that goes into the page: a third more once it is there. */
export const MOST_EMBEDDED_BYTES = 20_000_000;

/** Finer than any screen is wide; 21 kB in the page. */
const MOST_PEAKS = 16_000;

/** Speech has little above its half, and a minute takes 2 MB. */
const COPY_RATE = 16_000;

export interface SoundRequest extends Pick<OpenOptions, "raw" | "tools"> {
  /** Can be read again. */
  readonly source: ByteSource;
  /** Absolute; where the page will be. */
  readonly pageFolder: string;
  /** False: it is only linked. */
  readonly embeds: boolean;
  readonly signal: AbortSignal;
}

/**
 * Up to 20 MB go into the page, as they are or, where no browser plays them, decoded (16 kHz, mono);
 * a larger recording is linked.
 *
 * @throws AsrError kind "audio" or "usage" where it can't be read; the signal's reason.
 */
export async function soundOf(request: SoundRequest): Promise<Sound> {
  const { source, pageFolder, embeds, signal, raw, tools } = request;
  const recording = await openRecording(source, {
    signal,
    ...(raw === undefined ? {} : { raw }),
    ...(tools === undefined ? {} : { tools }),
  });
  const outline = await ifDecodable(waveformOf(recording, signal));
  const waveform = outline === undefined ? {} : { waveform: outline };
  const mediaType = playableTypeOf(recording.facts);
  const embedded = embeds ? await embeddedOf(recording, mediaType, outline, signal) : undefined;
  if (embedded !== undefined) return { playback: embedded, ...waveform };
  if (source.path !== undefined) {
    const href = linkTo(source.path, pageFolder);
    return {
      playback: { kind: "linked", href, isPlayable: mediaType !== undefined },
      ...waveform,
    };
  }
  return { playback: PIPED, ...waveform };
}

const PIPED = { kind: "none", reason: "the recording came by a pipe and is not embedded" } as const;

async function waveformOf(recording: Recording, signal: AbortSignal): Promise<Waveform> {
  const { sampleRate } = recording.facts;
  return peaksOf(decodedBlocks(recording, signal), sampleRate, MOST_PEAKS);
}

async function embeddedOf(
  recording: Recording,
  mediaType: string | undefined,
  waveform: Waveform | undefined,
  signal: AbortSignal,
): Promise<EmbeddedSound | undefined> {
  if (mediaType !== undefined) {
    if ((recording.facts.sizeBytes ?? 0) > MOST_EMBEDDED_BYTES) return undefined;
    const bytes = await upTo(MOST_EMBEDDED_BYTES, recording.bytes(signal));
    return bytes && { kind: "embedded", mediaType, bytes, isCopy: false };
  }
  if (waveform === undefined) return undefined;
  const sampleRate = Math.min(COPY_RATE, recording.facts.sampleRate);
  const format = { sampleRate, channels: 1, encoding: "s16le" } as const;
  const mostBytes = MOST_EMBEDDED_BYTES - WAV_HEADER_BYTES;
  if ((waveform.durationMs * sampleRate * 2) / 1000 > mostBytes) return undefined;
  const copy = convert(recording, { ...format, channels: "mix" }, signal);
  const samples = await ifDecodable(upTo(mostBytes, copy));
  if (samples === undefined) return undefined;
  const bytes = Buffer.concat([wavHeader(format, samples.length), samples]);
  return { kind: "embedded", mediaType: "audio/wav", bytes, isCopy: true };
}

/** All bytes; undefined where there are more. */
async function upTo(
  mostBytes: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Uint8Array | undefined> {
  const kept: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > mostBytes) return undefined;
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

/** Damage, or no decoder: a browser may play what is not decoded here. */
async function ifDecodable<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AsrError && error.kind !== "interrupted") return undefined;
    throw error;
  }
}
