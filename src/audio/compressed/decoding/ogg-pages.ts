/** Pages of Ogg (RFC 3533, 6) out of a stream of bytes. What fails its checksum is left out. */
import type { Note } from "./decoder.ts";
import { PendingBytes } from "./pending.ts";

export interface OggPage {
  /** The page as it lies in the file; valid until the next call. */
  readonly bytes: Uint8Array;
  /** Sizes of the segments; one of less than 255 ends a packet. */
  readonly segmentBytes: Uint8Array;
  readonly body: Uint8Array;
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The codec's own count at the end of the page; -1 where no packet ends on it. */
  readonly granule: number;
  readonly serial: number;
  readonly sequence: number;
}

const HEADER_BYTES = 27;
const MARK = Buffer.from("OggS");
const CRC_OFFSET = 22;
const POLYNOMIAL = 0x04c1_1db7;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? POLYNOMIAL : 0);
  return crc;
});

export class OggPages {
  readonly #pending = new PendingBytes();
  readonly #note: Note;
  #leftOut = false;
  #foundCount = 0;

  constructor(note: Note) {
    this.#note = note;
  }

  add(chunk: Uint8Array): OggPage[] {
    this.#pending.add(chunk);
    const pages: OggPage[] = [];
    const bytes = Buffer.from(
      this.#pending.bytes.buffer,
      this.#pending.bytes.byteOffset,
      this.#pending.bytes.length,
    );
    let offset = 0;
    for (;;) {
      const start = bytes.indexOf(MARK, offset);
      if (start !== offset) {
        // The mark may begin in the last three bytes.
        const next = start < 0 ? Math.max(offset, bytes.length - MARK.length + 1) : start;
        if (next > offset) this.#leftOut = true;
        offset = next;
      }
      if (start < 0) break;
      const page = readPage(bytes, start);
      if (page === "later") break;
      if (page === undefined) {
        this.#leftOut = true;
        offset = start + 1;
        continue;
      }
      if (this.#leftOut && this.#foundCount > 0) this.#note("damaged");
      this.#leftOut = false;
      this.#foundCount++;
      offset = start + page.bytes.length;
      pages.push(page);
    }
    this.#pending.drop(offset);
    return pages;
  }

  /** Whether a page has begun that is not whole. */
  get isInsidePage(): boolean {
    const begun = this.#pending.bytes.subarray(0, MARK.length);
    return begun.length > 0 && MARK.subarray(0, begun.length).equals(begun);
  }
}

function readPage(bytes: Buffer, start: number): OggPage | "later" | undefined {
  const head = bytes.subarray(start);
  if (head.length < HEADER_BYTES) return "later";
  if (head[4] !== 0) return undefined;
  const bodyOffset = HEADER_BYTES + head.readUInt8(26);
  if (head.length < bodyOffset) return "later";
  const segmentBytes = head.subarray(HEADER_BYTES, bodyOffset);
  const sizeBytes = segmentBytes.reduce((sum, size) => sum + size, bodyOffset);
  if (head.length < sizeBytes) return "later";
  const page = head.subarray(0, sizeBytes);
  if (checksum(page) !== page.readUInt32LE(CRC_OFFSET)) return undefined;
  const flags = head.readUInt8(5);
  return {
    bytes: page,
    segmentBytes,
    body: page.subarray(bodyOffset),
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    granule: Number(head.readBigInt64LE(6)),
    serial: head.readUInt32LE(14),
    sequence: head.readUInt32LE(18),
  };
}

/** Over the page with zeros in the place of the checksum. */
function checksum(page: Uint8Array): number {
  let crc = 0;
  for (let index = 0; index < page.length; index++) {
    const isOwn = index >= CRC_OFFSET && index < CRC_OFFSET + 4;
    const byte = isOwn ? 0 : (page[index] ?? 0);
    crc = (crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 255] ?? 0);
  }
  return crc >>> 0;
}
