/** Ogg files: one stream of sound among others, or several one after the other (RFC 3533, 4). */
import { type Decoded, joined, NOTHING, type Note, type StreamDecoder } from "./decoder.ts";
import { type OggPage, OggPages } from "./ogg-pages.ts";

/** Decodes the pages of one stream, the first one of them with its headers included. */
export interface OggLink {
  /** @param isAfterGap pages before it are missing. */
  decode(page: OggPage, isAfterGap: boolean): Decoded | Promise<Decoded>;
  /** What is left where the stream has ended without a mark. */
  flush?(): Decoded | Promise<Decoded>;
  free(): void;
}

export interface OggCodec {
  /** How the first packet begins. */
  readonly mark: string;
  open(firstPage: OggPage): Promise<OggLink>;
}

/** After a segment of that size its packet goes on. */
const WHOLE_SEGMENT = 255;

class OggDecoder implements StreamDecoder {
  readonly #codec: OggCodec;
  readonly #note: Note;
  readonly #pages: OggPages;
  #link: OggLink | undefined;
  #serial = 0;
  #sequence = 0;
  #hasEnded = false;
  #isInsidePacket = false;

  constructor(codec: OggCodec, note: Note) {
    this.#codec = codec;
    this.#note = note;
    this.#pages = new OggPages(note);
  }

  async decode(chunk: Uint8Array): Promise<Decoded> {
    const parts: Decoded[] = [];
    for (const page of this.#pages.add(chunk)) {
      if (page.isFirst) await this.#begin(page);
      if (this.#link === undefined || page.serial !== this.#serial || this.#hasEnded) continue;
      const isAfterGap = !page.isFirst && page.sequence !== this.#sequence + 1;
      if (isAfterGap) this.#note("damaged");
      this.#sequence = page.sequence;
      parts.push(await this.#link.decode(page, isAfterGap));
      this.#hasEnded = page.isLast;
      this.#isInsidePacket = page.segmentBytes.at(-1) === WHOLE_SEGMENT;
    }
    return joined(parts);
  }

  /** Some recorders never write the mark of the end: without it alone nothing is missing. */
  async flush(): Promise<Decoded> {
    if (this.#link === undefined || this.#hasEnded) return NOTHING;
    if (this.#isInsidePacket || this.#pages.isInsidePage) this.#note("cut-short");
    return (await this.#link.flush?.()) ?? NOTHING;
  }

  free(): void {
    this.#link?.free();
    this.#link = undefined;
  }

  /** Of streams side by side the first counts; one after the end of another goes on from it. */
  async #begin(page: OggPage): Promise<void> {
    const { mark } = this.#codec;
    const isOurs = Buffer.from(page.body.subarray(0, mark.length)).toString("latin1") === mark;
    if (!isOurs || (this.#link !== undefined && !this.#hasEnded)) return;
    this.free();
    this.#link = await this.#codec.open(page);
    this.#serial = page.serial;
    this.#hasEnded = false;
  }
}

export function openOgg(codec: OggCodec, note: Note): StreamDecoder {
  return new OggDecoder(codec, note);
}
