import type { ByteSource } from "./types.ts";

/** Bytes that are in memory as a source, as often as it is wanted. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  async function* stretch(startBytes: number, endBytes: number): AsyncGenerator<Uint8Array> {
    if (startBytes < Math.min(endBytes, bytes.length)) yield bytes.subarray(startBytes, endBytes);
  }
  return {
    name,
    sizeBytes: bytes.length,
    reopenable: true,
    open: () => stretch(0, bytes.length),
    openStretch: stretch,
    openRanges: async () => ({
      read: async (offsetBytes, lengthBytes) =>
        bytes.subarray(offsetBytes, offsetBytes + lengthBytes),
      close: async () => {},
    }),
  };
}
