/** Streams of Feishu and Lark: which are open, and what each has had (Lark document; FACTS). */

import type { Answer } from "../server/answer.ts";
import { GrowingBuffer } from "../server/audio/growing-buffer.ts";
import type { RequestRecord } from "../server/recorder.ts";

/** One stream, for tests to look at. */
export interface StreamRecord {
  readonly streamId: string;
  readonly state: "open" | "ended" | "aborted";
  readonly packetCount: number;
  readonly sizeBytes: number;
  /** Size of every packet's audio, in order. */
  readonly packetBytes: readonly number[];
}

export class Stream {
  readonly streamId: string;
  readonly #kept: GrowingBuffer | undefined;
  readonly #packetBytes: number[] = [];
  #sizeBytes = 0;
  state: StreamRecord["state"] = "open";
  /** The last packet that was worked on, and what it was answered. */
  last: { readonly record: RequestRecord; readonly answer: Answer } | undefined;

  constructor(streamId: string, keep: boolean) {
    this.streamId = streamId;
    this.#kept = keep ? new GrowingBuffer() : undefined;
  }

  get nextSequence(): number {
    return this.#packetBytes.length;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get bytes(): Buffer | undefined {
    return this.#kept?.view();
  }

  add(sizeBytes: number, bytes: Buffer | undefined): void {
    this.#packetBytes.push(sizeBytes);
    this.#sizeBytes += sizeBytes;
    if (bytes !== undefined) this.#kept?.push(bytes);
  }

  toRecord(): StreamRecord {
    return {
      streamId: this.streamId,
      state: this.state,
      packetCount: this.#packetBytes.length,
      sizeBytes: this.#sizeBytes,
      packetBytes: [...this.#packetBytes],
    };
  }
}
