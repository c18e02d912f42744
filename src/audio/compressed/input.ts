/** Compressed audio, before and after its header is read. */
import type { ChunkReader } from "../chunk-reader.ts";
import type { Content } from "../sniff.ts";
import type { AudioFacts, ByteSource, Codec, MediaTools } from "../types.ts";

export interface CompressedFacts
  extends Pick<
    AudioFacts,
    | "container"
    | "otherContainer"
    | "otherEncoding"
    | "sampleRate"
    | "channels"
    | "trackIndex"
    | "startMs"
  > {
  readonly encoding: Codec;
  /** Undefined where only a pass over the whole input would tell, and there is one at most. */
  readonly durationMs?: number;
}

/** An input that has been recognised, at its first byte. */
export interface CompressedInput {
  readonly source: ByteSource;
  readonly reader: ChunkReader;
  readonly content: Content;
  /** What reads the containers that nothing here reads; undefined where it is not installed. */
  readonly tools?: MediaTools;
}
