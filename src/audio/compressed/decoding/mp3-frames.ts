/**
 * Whole frames of MPEG audio out of a stream of bytes. The decoder finds them by itself, but after
 * a kilobyte of something else it gives up, and it can't say what it left out.
 */
import type { Note } from "./decoder.ts";
import { MP3_HEADER_BYTES, type Mp3Header, readMp3Header } from "./mp3-header.ts";
import { readMp3Info } from "./mp3-info.ts";
import { PendingBytes } from "./pending.ts";

/** Tags between frames, by how they begin (ID3v2: id3.org, 3.1; ID3v1; APEv2). */
const ID3_BYTES = 10;
const TAG_BYTES = 128;
const APE_BYTES = 32;

export class Mp3Frames {
  readonly #pending = new PendingBytes();
  readonly #note: Note;
  #kind: number | undefined;
  #inSync = false;
  /** Something was left out since the last frame: damage, if another frame comes. */
  #leftOut = false;
  #skipBytes = 0;
  #foundCount = 0;
  /** By the tag in the first frame, that one included. */
  #saidCount: number | undefined;
  #isMono = true;
  #seconds = 0;
  #trimmedSeconds = 0;

  constructor(note: Note) {
    this.#note = note;
  }

  /** The frames that are whole by now, in as few pieces as they lie in; valid until the next call. */
  add(chunk: Uint8Array): Uint8Array[] {
    this.#pending.add(chunk);
    return this.#take(false);
  }

  /** Whether no frame so far has had two channels. */
  get isMono(): boolean {
    return this.#isMono;
  }

  /** How much sound the frames so far decode to. */
  get seconds(): number {
    return Math.max(0, this.#seconds - this.#trimmedSeconds);
  }

  end(): Uint8Array[] {
    const frames = this.#take(true);
    const isPart = this.#pending.bytes.length > 0;
    const isMissing = this.#saidCount !== undefined && this.#foundCount < this.#saidCount;
    if (this.#foundCount > 0 && (isPart || isMissing)) this.#note("cut-short");
    return frames;
  }

  #take(isEnd: boolean): Uint8Array[] {
    const { bytes } = this.#pending;
    const pieces: Uint8Array[] = [];
    let pieceStart = 0;
    let offset = Math.min(this.#skipBytes, bytes.length);
    this.#skipBytes -= offset;
    pieceStart = offset;
    const closePiece = () => {
      if (offset > pieceStart) pieces.push(bytes.subarray(pieceStart, offset));
    };
    while (this.#skipBytes === 0 && bytes.length - offset >= MP3_HEADER_BYTES) {
      const header = readMp3Header(bytes, offset);
      const verdict = header && this.#judge(bytes, offset, header, isEnd);
      if (verdict === "later") break;
      if (header !== undefined && verdict === "frame") {
        this.#found(bytes, offset, header);
        offset += header.sizeBytes;
        continue;
      }
      closePiece();
      const tagBytes = tagBytesAt(bytes, offset, isEnd);
      if (tagBytes === "later") {
        pieceStart = offset;
        break;
      }
      if (tagBytes > 0) {
        this.#skipBytes = Math.max(0, offset + tagBytes - bytes.length);
        offset = Math.min(bytes.length, offset + tagBytes);
      } else {
        offset++;
        this.#inSync = false;
        this.#leftOut = true;
      }
      pieceStart = offset;
    }
    closePiece();
    this.#pending.drop(offset);
    return pieces;
  }

  /** In sync a frame of the same kind is believed, else only if another one follows it. */
  #judge(bytes: Uint8Array, offset: number, header: Mp3Header, isEnd: boolean) {
    const nextOffset = offset + header.sizeBytes;
    const isWhole = nextOffset <= bytes.length;
    if (this.#inSync && header.kind === this.#kind) {
      if (isWhole) return "frame";
      return "later";
    }
    if (nextOffset + MP3_HEADER_BYTES > bytes.length) {
      if (!isEnd) return "later";
      return isWhole && this.#kind === header.kind ? "frame" : "none";
    }
    return readMp3Header(bytes, nextOffset)?.kind === header.kind ? "frame" : "none";
  }

  #found(bytes: Uint8Array, offset: number, header: Mp3Header): void {
    const { sampleRate, frameCount } = header;
    const info = this.#kind === undefined ? readMp3Info(bytes, offset, header) : undefined;
    if (info !== undefined) {
      this.#trimmedSeconds = info.trimmedSamples / sampleRate;
      if (info.frameCount !== undefined) this.#saidCount = info.frameCount + 1;
    } else this.#seconds += frameCount / sampleRate;
    if (this.#kind !== undefined && this.#leftOut) this.#note("damaged");
    this.#foundCount++;
    this.#isMono &&= header.isMono;
    this.#kind = header.kind;
    this.#inSync = true;
    this.#leftOut = false;
  }
}

/** How long the tag at `offset` is; 0 where there is none. */
function tagBytesAt(bytes: Uint8Array, offset: number, isEnd: boolean): number | "later" {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  const mark = head.toString("latin1", 0, 8);
  const isShort = head.length < APE_BYTES && !isEnd;
  if (mark.startsWith("ID3")) {
    if (head.length < ID3_BYTES) return isShort ? "later" : 0;
    const isSize = head.subarray(6, ID3_BYTES).every((byte) => byte < 128);
    const bodyBytes = head.subarray(6, ID3_BYTES).reduce((size, byte) => size * 128 + byte, 0);
    return isSize ? ID3_BYTES + bodyBytes : 0;
  }
  if (mark.startsWith("TAG")) return TAG_BYTES;
  if (mark === "APETAGEX") {
    if (head.length < APE_BYTES) return isShort ? "later" : 0;
    const isHeader =
      head.readUInt32LE(20) >= 0x8000_0000 && (head.readUInt32LE(20) & 0x2000_0000) !== 0;
    return isHeader ? head.readUInt32LE(12) + APE_BYTES : APE_BYTES;
  }
  return isShort && ["ID3", "TAG", "APETAGEX"].some((known) => known.startsWith(mark))
    ? "later"
    : 0;
}
