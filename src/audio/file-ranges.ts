/** Reads a file anywhere. */
import { open } from "node:fs/promises";
import { readError } from "./read-error.ts";
import type { RangeReader } from "./types.ts";

/**
 * @param name what messages call the file.
 * @throws AsrError kind "audio" where it can't be opened or read; the signal's reason.
 */
export async function openFileRanges(
  path: string,
  name: string,
  signal?: AbortSignal,
): Promise<RangeReader> {
  signal?.throwIfAborted();
  const handle = await open(path, "r").catch((error: unknown) => {
    throw readError(name, error);
  });
  return {
    async read(offsetBytes, lengthBytes) {
      const bytes = new Uint8Array(lengthBytes);
      let filledBytes = 0;
      while (filledBytes < lengthBytes) {
        const { bytesRead } = await handle
          .read(bytes, filledBytes, lengthBytes - filledBytes, offsetBytes + filledBytes)
          .catch((error: unknown) => {
            throw readError(name, error);
          });
        signal?.throwIfAborted();
        if (bytesRead === 0) break;
        filledBytes += bytesRead;
      }
      return bytes.subarray(0, filledBytes);
    },
    close: () => handle.close(),
  };
}
