/** Ranges of an input, of which what was read lately is kept. */
import type { RangeReader } from "./types.ts";

const BLOCK_BYTES = 64 * 1024;
const KEPT_BLOCKS = 16;

/** For a reader that asks for many small ranges close to each other. Larger ones are not kept. */
export function cachedRanges(ranges: RangeReader): RangeReader {
  const blocks = new Map<number, Promise<Uint8Array>>();

  function block(index: number): Promise<Uint8Array> {
    const known = blocks.get(index);
    blocks.delete(index);
    const bytes = known ?? ranges.read(index * BLOCK_BYTES, BLOCK_BYTES);
    blocks.set(index, bytes);
    const [oldest] = blocks.keys();
    if (blocks.size > KEPT_BLOCKS && oldest !== undefined) blocks.delete(oldest);
    return bytes;
  }

  return {
    async read(offsetBytes, lengthBytes) {
      if (lengthBytes > BLOCK_BYTES) return ranges.read(offsetBytes, lengthBytes);
      const first = Math.floor(offsetBytes / BLOCK_BYTES);
      const last = Math.floor((offsetBytes + lengthBytes - 1) / BLOCK_BYTES);
      const startBytes = offsetBytes - first * BLOCK_BYTES;
      const bytes = await block(first);
      const joined = last > first ? Buffer.concat([bytes, await block(last)]) : bytes;
      return joined.subarray(startBytes, startBytes + lengthBytes);
    },
    close: () => ranges.close(),
  };
}
