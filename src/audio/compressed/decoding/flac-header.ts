/** Headers of FLAC frames (RFC 9639, 9.1). */

export interface FlacHeader {
  readonly headerBytes: number;
  /** Of the frame, or of its first sample where the sizes of frames vary. */
  readonly number: number;
  /** What `number` is one frame later. */
  readonly nextNumber: number;
  /** No frame of such a header is larger, header and checksum included. */
  readonly maxBytes: number;
}

/** The longest there is, with its checksum. */
export const FLAC_HEADER_BYTES = 16;

const CRC_TABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x80 ? 0x07 : 0)) & 0xff;
  return crc;
});

const BLOCK_SAMPLES: readonly (number | undefined)[] = [
  undefined,
  192,
  576,
  1152,
  2304,
  4608,
  undefined,
  undefined,
  256,
  512,
  1024,
  2048,
  4096,
  8192,
  16_384,
  32_768,
];
/** Room beyond the samples themselves: headers of subframes and a checksum. */
const SPARE_BYTES = 64;

/** Undefined where no frame begins at `offset`, or less than its header is there. */
export function readFlacHeader(bytes: Uint8Array, offset: number): FlacHeader | undefined {
  const head = bytes.subarray(offset, offset + FLAC_HEADER_BYTES);
  const [first, second = 0, third = 0, fourth = 0, fifth = 0] = head;
  if (first !== 0xff || (second & 0xfe) !== 0xf8 || (fourth & 1) !== 0) return undefined;
  const sizeCode = third >> 4;
  const rateCode = third & 15;
  const channels = fourth >> 4 < 8 ? (fourth >> 4) + 1 : 2;
  const depthCode = (fourth >> 1) & 7;
  if (sizeCode === 0 || rateCode === 15 || fourth >> 4 > 10 || depthCode === 3) return undefined;
  const numberBytes = fifth < 0x80 ? 1 : Math.clz32(~(fifth << 24));
  if (numberBytes > 7 || (fifth >= 0x80 && numberBytes < 2)) return undefined;
  let number = numberBytes === 1 ? fifth : fifth & (0x7f >> numberBytes);
  for (let index = 5; index < 4 + numberBytes; index++) {
    const byte = head[index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    number = number * 64 + (byte & 0x3f);
  }
  let end = 4 + numberBytes;
  let blockSamples = BLOCK_SAMPLES[sizeCode];
  if (sizeCode === 6) blockSamples = (head[end++] ?? 0) + 1;
  else if (sizeCode === 7) blockSamples = (head[end++] ?? 0) * 256 + (head[end++] ?? 0) + 1;
  if (rateCode >= 12) end += rateCode === 12 ? 1 : 2;
  if (blockSamples === undefined || end >= head.length) return undefined;
  let crc = 0;
  for (let index = 0; index <= end; index++) crc = CRC_TABLE[crc ^ (head[index] ?? 0)] ?? 0;
  if (crc !== 0) return undefined;
  return {
    headerBytes: end + 1,
    number,
    nextNumber: number + ((second & 1) === 0 ? 1 : blockSamples),
    maxBytes: blockSamples * channels * 5 + SPARE_BYTES,
  };
}
