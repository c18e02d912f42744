/** Cuts a stream of bytes where frames end. */

/**
 * Yields the same bytes in chunks of whole frames, less a broken one at the end. A frame that
 * lies across two chunks comes as a small chunk of its own, so that nothing else is copied.
 */
export async function* wholeFrames(
  chunks: AsyncIterable<Uint8Array>,
  frameBytes: number,
): AsyncGenerator<Uint8Array> {
  let frame = new Uint8Array(frameBytes);
  let filledBytes = 0;
  for await (const chunk of chunks) {
    let startBytes = 0;
    if (filledBytes > 0) {
      startBytes = Math.min(frameBytes - filledBytes, chunk.length);
      frame.set(chunk.subarray(0, startBytes), filledBytes);
      filledBytes += startBytes;
      if (filledBytes < frameBytes) continue;
      yield frame;
      frame = new Uint8Array(frameBytes);
    }
    const restBytes = (chunk.length - startBytes) % frameBytes;
    const endBytes = chunk.length - restBytes;
    frame.set(chunk.subarray(endBytes));
    filledBytes = restBytes;
    if (endBytes > startBytes) yield chunk.subarray(startBytes, endBytes);
  }
}

/**
 * Yields the bytes from `offsetBytes` on, `lengthBytes` of them at most.
 *
 * @param drain reads on to the end of input when it has them all: who writes into a pipe would
 *   fail if nobody read the rest.
 */
export async function* byteRange(
  chunks: AsyncIterable<Uint8Array>,
  offsetBytes: number,
  lengthBytes: number,
  drain: boolean,
): AsyncGenerator<Uint8Array> {
  const endBytes = offsetBytes + lengthBytes;
  let positionBytes = 0;
  for await (const chunk of chunks) {
    const start = Math.max(0, offsetBytes - positionBytes);
    const end = Math.min(chunk.length, endBytes - positionBytes);
    positionBytes += chunk.length;
    if (start < end) yield chunk.subarray(start, end);
    if (positionBytes >= endBytes && !drain) return;
  }
}
