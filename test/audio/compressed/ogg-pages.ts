/** Changes pages of an Ogg file, and makes their checksums right again (RFC 3533, 6). */

const CRC_OFFSET = 22;

/** @param change gets each page, header included, and its number. */
export function changedPages(
  whole: Uint8Array,
  change: (page: Buffer, index: number) => void,
): Uint8Array {
  const file = Buffer.from(whole);
  for (let start = 0, index = 0; start < file.length; index++) {
    const segmentCount = file.readUInt8(start + 26);
    const segments = file.subarray(start + 27, start + 27 + segmentCount);
    const sizeBytes = segments.reduce((sum, size) => sum + size, 27 + segmentCount);
    const page = file.subarray(start, start + sizeBytes);
    change(page, index);
    page.writeUInt32LE(0, CRC_OFFSET);
    page.writeUInt32LE(checksum(page), CRC_OFFSET);
    start += sizeBytes;
  }
  return Uint8Array.from(file);
}

function checksum(page: Uint8Array): number {
  let crc = 0;
  for (const byte of page) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c1_1db7 : 0);
  }
  return crc >>> 0;
}
