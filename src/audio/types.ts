/** What the audio room hands to others: where bytes come from, what they are, decoded blocks. */

/** Sample encodings, named as ffmpeg names them. */
export const ENCODINGS = [
  "u8",
  "s16le",
  "s16be",
  "s24le",
  "s32le",
  "f32le",
  "f64le",
  "alaw",
  "mulaw",
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Containers, recognised by content; `pcm` is headerless audio. */
export type Container = "wav" | "pcm";

/** What headerless audio is (`--rate`, `--channel-count`, `--encoding`). */
export interface RawFormat {
  readonly sampleRate: number;
  readonly channels: number;
  readonly encoding: Encoding;
}

/** What the header, or the user, says about a recording. */
export interface AudioFacts {
  readonly container: Container;
  readonly encoding: Encoding;
  readonly sampleRate: number;
  readonly channels: number;
  /** Undefined while the end is not known (a pipe, an endless header). */
  readonly durationMs?: number;
  /** Size of the whole input, header included; undefined for a pipe. */
  readonly sizeBytes?: number;
}

/** A stretch of decoded audio. */
export interface AudioBlock {
  /** One array a channel, all of the same length, full scale ±1. */
  readonly channelData: readonly Float32Array[];
}

/** Where bytes come from. `open` starts at the first byte each time. */
export interface ByteSource {
  /** As the user named it ("talk.wav", "-"). */
  readonly name: string;
  /** Undefined for a pipe. */
  readonly sizeBytes?: number;
  /** False where `open` works only once (a pipe). */
  readonly reopenable: boolean;
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** A recording whose header has been read. */
export interface Recording {
  readonly name: string;
  readonly facts: AudioFacts;
  /** False where the audio can be read only once (a pipe). */
  readonly reopenable: boolean;
  /** The input's own bytes, header included, untouched. */
  bytes(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** The bytes of the samples alone, untouched. */
  samples(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Decoded blocks of at most a second each. */
  blocks(signal?: AbortSignal): AsyncIterable<AudioBlock>;
  /**
   * What was odd about the input, complete once a pass has ended: a file cut short, a length
   * that is wrong. Stable codes, e.g. "audio-cut-short".
   */
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}
