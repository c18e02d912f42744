/** Packets out of pages of one Ogg stream (RFC 3533, 5). */
import type { OggPage } from "./ogg-pages.ts";

export class OggPackets {
  #begun: Uint8Array | undefined;

  /** What a lost page began is lost. */
  forget(): void {
    this.#begun = undefined;
  }

  /** The packets that end on a page; valid as long as the page. */
  add({ body, segmentBytes, isContinued }: OggPage): Uint8Array[] {
    const packets: Uint8Array[] = [];
    // The rest of a packet whose beginning is not there goes by.
    let isUsable = !isContinued || this.#begun !== undefined;
    if (!isContinued) this.#begun = undefined;
    let start = 0;
    let end = 0;
    for (const size of segmentBytes) {
      end += size;
      if (size === 255) continue;
      const piece = body.subarray(start, end);
      if (isUsable) packets.push(this.#begun ? Buffer.concat([this.#begun, piece]) : piece);
      this.#begun = undefined;
      isUsable = true;
      start = end;
    }
    if (end > start && isUsable) {
      this.#begun = Buffer.concat([this.#begun ?? new Uint8Array(0), body.subarray(start, end)]);
    }
    if (this.#begun !== undefined && this.#begun.length > MAX_PACKET_BYTES) this.#begun = undefined;
    return packets;
  }
}

/** No packet of sound is larger; comments with pictures are, and are not needed. */
const MAX_PACKET_BYTES = 16 * 1024 * 1024;
