/** What the reader of a header finds out. */
import type { Container, Encoding } from "./types.ts";

/** Where the samples are, and how they are written. */
export interface SampleLayout {
  readonly container: Container;
  readonly encoding: Encoding;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bytes before the first sample. */
  readonly dataOffsetBytes: number;
  /** What the header says; infinite: to the end of input. */
  readonly dataBytes: number;
}
