/** Bytes that are in memory, or can be read anywhere, as a source. */
import type { ByteSource } from "./types.ts";

/** As much as a pass over a file reads at once. */
const CHUNK_BYTES = 256 * 1024;

/** What lies between two offsets; a copy or a view that nobody changes. */
type ReadRange = (startBytes: number, endBytes: number) => Promise<Uint8Array>;

/** @param bytes are not copied: they must stay as they are while they are read */
export function bytesSource(bytes: Uint8Array, name: string): ByteSource {
  return rangesSource(name, bytes.length, async (start, end) => bytes.subarray(start, end));
}

/** A `Blob`, or a `File` that was opened by `fs.openAsBlob`. */
export function blobSource(blob: Blob, name: string): ByteSource {
  return rangesSource(name, blob.size, async (start, end) => {
    return new Uint8Array(await blob.slice(start, end).arrayBuffer());
  });
}

function rangesSource(name: string, sizeBytes: number, read: ReadRange): ByteSource {
  async function* stretch(
    startBytes: number,
    endBytes: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array> {
    const lastBytes = Math.min(endBytes, sizeBytes);
    for (let at = startBytes; at < lastBytes; at += CHUNK_BYTES) {
      signal?.throwIfAborted();
      yield await read(at, Math.min(at + CHUNK_BYTES, lastBytes));
    }
  }
  return {
    name,
    sizeBytes,
    reopenable: true,
    open: (signal) => stretch(0, sizeBytes, signal),
    openStretch: (startBytes, endBytes, signal) => stretch(startBytes, endBytes, signal),
    async openRanges(signal) {
      return {
        read(offsetBytes, lengthBytes) {
          signal?.throwIfAborted();
          return read(offsetBytes, Math.min(offsetBytes + lengthBytes, sizeBytes));
        },
        close: async () => {},
      };
    },
  };
}
