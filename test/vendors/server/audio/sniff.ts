/** What audio is by its first bytes, as the vendors' decoders would find out. */

/** "none": no signature, so headerless PCM, bare speex frames, or no audio at all. */
export type SniffedContainer =
  | "wav"
  | "ogg-opus"
  | "ogg-vorbis"
  | "ogg-speex"
  | "ogg"
  | "mp3"
  | "aac"
  | "m4a"
  | "amr"
  | "silk"
  | "flac"
  | "webm"
  | "none";

/** How many bytes `sniff` looks at, at most. */
export const SNIFF_BYTES = 64;

/**
 * Names the container. Frame syncs of mp3 and aac are weak signatures: PCM can look like them,
 * so a caller that was told "pcm" must not believe them (`isWeak`).
 */
export function sniff(head: Buffer): SniffedContainer {
  const text = (start: number, end: number) => head.toString("latin1", start, end);
  if (text(0, 4) === "RIFF" && text(8, 12) === "WAVE") return "wav";
  if (text(0, 4) === "OggS") {
    const packet = text(28, 36);
    if (packet === "OpusHead") return "ogg-opus";
    if (packet === "Speex   ") return "ogg-speex";
    return packet.slice(1, 7) === "vorbis" ? "ogg-vorbis" : "ogg";
  }
  if (text(0, 3) === "ID3") return "mp3";
  if (text(4, 8) === "ftyp") return "m4a";
  if (text(0, 6) === "#!AMR\n" || text(0, 9) === "#!AMR-WB\n") return "amr";
  // Tencent's own recorders put a byte 0x02 before the signature.
  if (text(0, 9) === "#!SILK_V3" || text(0, 10) === "\u0002#!SILK_V3") return "silk";
  if (text(0, 4) === "fLaC") return "flac";
  if (head.subarray(0, 4).equals(Buffer.of(0x1a, 0x45, 0xdf, 0xa3))) return "webm";
  return frameSync(head);
}

/** Whether a signature is only a frame sync of a dozen bits. */
export function isWeak(container: SniffedContainer, head: Buffer): boolean {
  return container === "aac" || (container === "mp3" && head.toString("latin1", 0, 3) !== "ID3");
}

function frameSync(head: Buffer): SniffedContainer {
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff) return "none";
  // ADTS: twelve sync bits, layer 0, a sampling frequency index that exists.
  if ((second & 0xf6) === 0xf0) return ((third >> 2) & 0xf) < 13 ? "aac" : "none";
  const isLayer3 = (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  const hasRates = third >> 4 !== 0 && third >> 4 !== 0xf && (third & 0x0c) !== 0x0c;
  return isLayer3 && hasRates ? "mp3" : "none";
}
