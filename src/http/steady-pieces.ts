/**
 * Makes reused buffers safe to write to a socket. `socket.write` keeps a reference to what it is
 * given until the kernel has taken it, and asks the writer to wait only from its high-water mark
 * on: below it, a source that writes over its buffer changes bytes that are not sent yet.
 */

import type { Body } from "./body.ts";

/** The high-water mark of our sockets: writing as much as this always waits until it is gone. */
export const HIGH_WATER_BYTES = 64 * 1024;

/**
 * Yields a body's bytes so that whoever overwrites a piece after asking for the next one harms
 * nothing: large pieces as they are (the writer waits), small ones copied together.
 */
export async function* steadyPieces(
  body: Body,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  // Of small ones there may be tens of thousands: the slices of a stream.
  if (body.steady === true) {
    yield* body.open(signal);
    return;
  }
  let gathered = Buffer.alloc(0);
  let gatheredBytes = 0;
  for await (const piece of body.open(signal)) {
    if (piece.byteLength >= HIGH_WATER_BYTES) {
      if (gatheredBytes > 0) yield gathered.subarray(0, gatheredBytes);
      yield piece;
      gatheredBytes = 0;
      continue;
    }
    if (gathered.length === 0) gathered = Buffer.allocUnsafeSlow(HIGH_WATER_BYTES);
    for (let offset = 0; offset < piece.byteLength; ) {
      const takenBytes = Math.min(HIGH_WATER_BYTES - gatheredBytes, piece.byteLength - offset);
      gathered.set(piece.subarray(offset, offset + takenBytes), gatheredBytes);
      offset += takenBytes;
      gatheredBytes += takenBytes;
      if (gatheredBytes === HIGH_WATER_BYTES) {
        yield gathered;
        gatheredBytes = 0;
      }
    }
  }
  if (gatheredBytes > 0) yield gathered.subarray(0, gatheredBytes);
}
