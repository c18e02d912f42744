/** Takes audio in as it streams by: hashes, measures, and keeps it only when somebody listens. */
import { createHash } from "node:crypto";
import { GrowingBuffer } from "./growing-buffer.ts";
import { SNIFF_BYTES, type SniffedContainer, sniff } from "./sniff.ts";
import { WavScanner } from "./wav.ts";

/** Audio after its last byte. */
export interface ReceivedBytes {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The first bytes, for a closer look. */
  readonly head: Buffer;
  readonly container: SniffedContainer;
  /** Only for wav. */
  readonly wav?: WavScanner;
  /** Only with `keep`. */
  readonly bytes?: Buffer;
}

export class AudioReceiver {
  readonly #hash = createHash("sha256");
  readonly #kept: GrowingBuffer | undefined;
  #head: Buffer = Buffer.alloc(0);
  #wav: WavScanner | undefined;
  #sizeBytes = 0;
  #sniffed = false;

  constructor(keep: boolean) {
    this.#kept = keep ? new GrowingBuffer() : undefined;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  push(chunk: Buffer): void {
    this.#sizeBytes += chunk.length;
    this.#hash.update(chunk);
    this.#kept?.push(chunk);
    if (this.#sniffed) {
      this.#wav?.push(chunk);
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head.length >= SNIFF_BYTES) this.#lookAtHead();
  }

  finish(): ReceivedBytes {
    if (!this.#sniffed) this.#lookAtHead();
    const bytes = this.#kept?.view();
    return {
      sizeBytes: this.#sizeBytes,
      sha256: this.#hash.digest("hex"),
      head: this.#head,
      container: sniff(this.#head),
      ...(this.#wav === undefined ? {} : { wav: this.#wav }),
      ...(bytes === undefined ? {} : { bytes }),
    };
  }

  #lookAtHead(): void {
    this.#sniffed = true;
    if (sniff(this.#head) === "wav") {
      this.#wav = new WavScanner();
      this.#wav.push(this.#head);
    }
    this.#head = Buffer.from(this.#head.subarray(0, SNIFF_BYTES));
  }
}
