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

/** Compressed encodings that pass through where a provider takes them. */
export type Codec =
  | "mp3"
  | "aac"
  | "opus"
  | "vorbis"
  | "flac"
  | "amr"
  | "silk"
  | "speex"
  /** One that no vendor takes and that only ffmpeg decodes (WMA, ALAC, AC-3, …). */
  | "other";

/**
 * Containers, recognised by content; `pcm` is headerless audio, `aac` is ADTS, and `ogg` with
 * `encoding` says which Ogg it is. `rf64` is the WAV of large files (RF64, BW64), which few readers know. `silk` and `amr` are
 * their own file formats. `m4a` holds one
 * track of sound and nothing else; `mp4` holds more (a video), or is a QuickTime file. `mkv` is
 * Matroska, `webm` its subset of that name; `other` is one that only ffmpeg reads (AVI, WMA, CAF, …).
 */
export type Container =
  | "wav"
  | "rf64"
  | "pcm"
  | "mp3"
  | "m4a"
  | "mp4"
  | "aac"
  | "ogg"
  | "flac"
  | "webm"
  | "mkv"
  | "amr"
  | "silk"
  | "other";

/** What headerless audio is (`--rate`, `--channel-count`, `--encoding`). */
export interface RawFormat {
  readonly sampleRate: number;
  readonly channels: number;
  readonly encoding: Encoding;
}

/** What the header, or the user, says about a recording. */
export interface AudioFacts {
  readonly container: Container;
  readonly encoding: Encoding | Codec;
  /** In Hz; of compressed audio the rate at which it decodes (Opus: 48000, whatever went in). */
  readonly sampleRate: number;
  readonly channels: number;
  /** Undefined while the end is not known (a pipe, an endless header). */
  readonly durationMs?: number;
  /**
   * How many frames (a sample of each channel) there are, where `durationMs` is known; undefined
   * for compressed audio, whose codec adds a few.
   */
  readonly frameCount?: number;
  /** Size of the whole input, header included; undefined for a pipe. */
  readonly sizeBytes?: number;
  /** Which of several tracks of sound, counted from 0 as in the file; undefined for the first. */
  readonly trackIndex?: number;
  /** What the container is called ("caf") where `container` is "other". */
  readonly otherContainer?: string;
  /** What the codec is called, as ffmpeg names it ("adpcm_ima_wav"), where `encoding` is "other". */
  readonly otherEncoding?: string;
  /** When the sound sets in, where that is later than the file (a video's track of sound). */
  readonly startMs?: number;
}

/** A stretch of decoded audio. */
export interface AudioBlock {
  /** One array a channel, all of the same length, full scale ±1. */
  readonly channelData: readonly Float32Array[];
}

/** How a pass over bytes is read. */
export interface PassOptions {
  /**
   * Lets the source use its buffers again: faster, and less memory. A chunk then keeps its bytes
   * only until the next chunk but one is asked for; what must live longer is copied. Without it
   * a chunk is the reader's own. A permission: a source may ignore it.
   */
  readonly reuseBuffers?: boolean;
}

/** Reads an input anywhere, as long as it is open. */
export interface RangeReader {
  /** The bytes from `offsetBytes` on; fewer only where the input ends. */
  read(offsetBytes: number, lengthBytes: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Where bytes come from. `open` starts at the first byte each time. */
export interface ByteSource {
  /** As the user named it ("talk.wav", "-"). */
  readonly name: string;
  /** Undefined for a pipe. */
  readonly sizeBytes?: number;
  /** False where `open` works only once (a pipe). */
  readonly reopenable: boolean;
  /** Chunks are never empty. Aborted: throws the signal's reason. */
  open(signal?: AbortSignal, options?: PassOptions): AsyncIterable<Uint8Array>;
  /** For headers that are spread over a file; undefined where bytes come in order alone. */
  openRanges?(signal?: AbortSignal): Promise<RangeReader>;
  /**
   * One stretch alone, from `startBytes` up to `endBytes` or to the end of the input; undefined
   * where bytes come in order alone.
   */
  openStretch?(
    startBytes: number,
    endBytes: number,
    signal?: AbortSignal,
    options?: PassOptions,
  ): AsyncIterable<Uint8Array>;
  /** Of a file on a disk: where other programs find it. */
  readonly path?: string;
}

/**
 * How one gets at the samples: they lie there (`plain`), a decoder of ours gives them, an
 * installed ffmpeg does, or nobody here can (`none`).
 */
export type Decoding = "plain" | "bundled" | "ffmpeg" | "none";

/** An installed ffmpeg. */
export interface MediaTools {
  /** Absolute path of the program. */
  readonly ffmpeg: string;
  /** Of its companion that tells facts; it may be missing. */
  readonly ffprobe?: string;
  /** The variables that both are started with; no others. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Bytes of a file that is not written in order alone. */
export interface FilePiece {
  readonly bytes: Uint8Array;
  readonly offsetBytes: number;
}

/** A recording whose header has been read. */
export interface Recording {
  readonly name: string;
  readonly facts: AudioFacts;
  readonly decoding: Decoding;
  /** False where the audio can be read only once (a pipe). */
  readonly reopenable: boolean;
  /** The input's own bytes, header included, untouched. */
  bytes(signal?: AbortSignal, options?: PassOptions): AsyncIterable<Uint8Array>;
  /**
   * The bytes of the samples alone, untouched, in chunks of whole frames.
   *
   * @throws AsrError kind "audio" where they are compressed.
   */
  samples(signal?: AbortSignal, options?: PassOptions): AsyncIterable<Uint8Array>;
  /**
   * Decoded blocks of at most a second each; the arrays are the reader's own.
   *
   * @throws AsrError kind "audio" where there is no decoder for the encoding.
   */
  blocks(signal?: AbortSignal): AsyncIterable<AudioBlock>;
  /**
   * The frames from `startFrame` up to `endFrame` (or the end) as a recording of their own;
   * undefined where that would take a pass over all before them (a pipe, compressed audio).
   */
  stretch?(startFrame: number, endFrame: number): Recording;
  /**
   * The track of sound, copied untouched into a container of another kind, in pieces with their
   * place in the new file; undefined where it can't be taken out.
   *
   * @throws AsrError kind "audio" where the file is damaged.
   */
  rewrap?(container: Container, signal?: AbortSignal): AsyncIterable<FilePiece>;
  /**
   * What was odd about the input, complete once a pass has ended: a file cut short, a length
   * that is wrong. Stable codes, e.g. "audio-cut-short".
   */
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}
