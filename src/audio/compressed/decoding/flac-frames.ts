/**
 * Frames out of a FLAC file (RFC 9639, 8 and 9). A frame does not say how long it is: it ends where
 * the next one begins, which is known by its number and the checksum of its header.
 */
import type { Note } from "./decoder.ts";
import { FLAC_HEADER_BYTES, type FlacHeader, readFlacHeader } from "./flac-header.ts";
import { PendingBytes } from "./pending.ts";

const MARK_BYTES = 4;
const BLOCK_HEADER_BYTES = 4;
const STREAM_INFO_BYTES = 34;

export class FlacFrames {
  readonly #pending = new PendingBytes();
  readonly #note: Note;
  /** Bytes of metadata that are not of use. */
  #skipBytes = 0;
  #isInFrames = false;
  #current: FlacHeader | undefined;
  /** How far the frame at the front has been searched for its end. */
  #searched = 0;
  #saidFrameCount = 0;
  #leftOut = false;
  #foundCount = 0;

  constructor(note: Note) {
    this.#note = note;
  }

  /** Samples of each channel by the header; 0 where it does not say. */
  get saidFrameCount(): number {
    return this.#saidFrameCount;
  }

  /** The frames whose end is known; valid until the next call. */
  add(chunk: Uint8Array): Uint8Array[] {
    this.#pending.add(chunk);
    while (!this.#isInFrames) if (!this.#readMetadata()) return [];
    return this.#takeFrames(false);
  }

  end(): Uint8Array[] {
    return this.#isInFrames ? this.#takeFrames(true) : [];
  }

  /** One step of it; false where more bytes are needed. */
  #readMetadata(): boolean {
    const skipped = Math.min(this.#skipBytes, this.#pending.bytes.length);
    this.#pending.drop(skipped);
    this.#skipBytes -= skipped;
    const { bytes } = this.#pending;
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (this.#skipBytes > 0 || head.length < MARK_BYTES + BLOCK_HEADER_BYTES) return false;
    if (head.toString("latin1", 0, 3) === "ID3") {
      if (head.length < 10) return false;
      const sizeBytes = head.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 127), 0);
      this.#skipBytes = 10 + sizeBytes;
      return true;
    }
    if (head.toString("latin1", 0, MARK_BYTES) === "fLaC") {
      this.#pending.drop(MARK_BYTES);
      return true;
    }
    if (readFlacHeader(head, 0) !== undefined) {
      this.#isInFrames = true;
      return true;
    }
    const kind = head.readUInt8(0) & 0x7f;
    const sizeBytes = head.readUIntBE(1, 3);
    if (kind === 0 && head.length < BLOCK_HEADER_BYTES + STREAM_INFO_BYTES) return false;
    if (kind === 0) {
      const info = head.subarray(BLOCK_HEADER_BYTES);
      this.#saidFrameCount = (info.readUInt8(13) & 15) * 2 ** 32 + info.readUInt32BE(14);
    }
    this.#isInFrames = head.readUInt8(0) >= 0x80 || kind > 6;
    if (kind <= 6) {
      this.#skipBytes = BLOCK_HEADER_BYTES + sizeBytes;
      if (this.#isInFrames) this.#isInFrames = this.#skipAll();
    }
    return this.#isInFrames || this.#skipBytes > 0;
  }

  /** The last block of metadata goes by, as far as it is there. */
  #skipAll(): boolean {
    const skipped = Math.min(this.#skipBytes, this.#pending.bytes.length);
    this.#pending.drop(skipped);
    this.#skipBytes -= skipped;
    return true;
  }

  #takeFrames(isEnd: boolean): Uint8Array[] {
    if (this.#skipBytes > 0) this.#skipAll();
    const { bytes } = this.#pending;
    const frames: Uint8Array[] = [];
    const lastStart = isEnd ? bytes.length : bytes.length - FLAC_HEADER_BYTES;
    let start = 0;
    while (start < lastStart) {
      this.#current ??= readFlacHeader(bytes, start);
      if (this.#current === undefined) {
        const next = bytes.indexOf(0xff, start + 1);
        start = next < 0 ? lastStart : Math.min(next, lastStart);
        this.#leftOut = true;
        continue;
      }
      const end = this.#findEnd(bytes, start, lastStart, this.#current, isEnd);
      if (end === undefined) break;
      if (end.isWhole) frames.push(bytes.subarray(start, end.offset));
      this.#count(end.isWhole);
      this.#current = undefined;
      this.#searched = 0;
      start = end.offset;
    }
    this.#pending.drop(Math.max(0, Math.min(start, bytes.length)));
    return frames;
  }

  /** Undefined where it may still come. */
  #findEnd(
    bytes: Uint8Array,
    start: number,
    lastStart: number,
    header: FlacHeader,
    isEnd: boolean,
  ) {
    let at = start + Math.max(header.headerBytes, this.#searched);
    for (;;) {
      at = bytes.indexOf(0xff, at);
      if (at < 0 || at >= lastStart) break;
      if (readFlacHeader(bytes, at)?.number === header.nextNumber)
        return { offset: at, isWhole: true };
      at++;
    }
    this.#searched = Math.max(0, Math.min(lastStart, bytes.length) - start);
    const isTooLong = bytes.length - start > header.maxBytes + FLAC_HEADER_BYTES;
    if (isTooLong) return { offset: this.#resume(bytes, start, lastStart, header), isWhole: false };
    return isEnd ? { offset: bytes.length, isWhole: true } : undefined;
  }

  /** Where to go on when the next frame did not come: at any later one, or behind this header. */
  #resume(bytes: Uint8Array, start: number, lastStart: number, header: FlacHeader): number {
    const limit = Math.min(lastStart, bytes.length);
    for (let at = start + header.headerBytes; at < limit; at++) {
      const next = bytes[at] === 0xff ? readFlacHeader(bytes, at) : undefined;
      if (next !== undefined && next.number > header.number) return at;
    }
    return limit;
  }

  #count(isWhole: boolean): void {
    if (!isWhole) this.#leftOut = true;
    else {
      if (this.#leftOut && this.#foundCount > 0) this.#note("damaged");
      this.#leftOut = false;
      this.#foundCount++;
    }
  }
}
