/** Audio as base64 inside a JSON text, at constant memory. */
import type { Body } from "./body.ts";

/** Bytes that are encoded at a time; a multiple of 3, so that no padding falls in the middle. */
const RAW_BYTES = 48 * 1024;
const TEXT_BYTES = (RAW_BYTES / 3) * 4;

/**
 * The body `before` + base64 of `source` + `after`. Standard alphabet, padded, no line breaks.
 *
 * @param before JSON text up to the opening quotation mark of the base64 string, inclusive.
 * @param after JSON text from the closing quotation mark on.
 */
export function base64JsonBody(before: string, source: Body, after: string): Body {
  const prefix = Buffer.from(before);
  const suffix = Buffer.from(after);
  return {
    sizeBytes: prefix.length + Math.ceil(source.sizeBytes / 3) * 4 + suffix.length,
    async *open(signal) {
      yield prefix;
      yield* base64Pieces(source.open(signal));
      yield suffix;
    },
  };
}

/** Two buffers take turns: the piece before may still be on its way when the next is written. */
async function* base64Pieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const raw = Buffer.allocUnsafeSlow(RAW_BYTES);
  let filledBytes = 0;
  let text = Buffer.allocUnsafeSlow(TEXT_BYTES);
  let otherText = Buffer.allocUnsafeSlow(TEXT_BYTES);
  for await (const piece of source) {
    for (let offset = 0; offset < piece.byteLength; ) {
      const takenBytes = Math.min(RAW_BYTES - filledBytes, piece.byteLength - offset);
      raw.set(piece.subarray(offset, offset + takenBytes), filledBytes);
      offset += takenBytes;
      filledBytes += takenBytes;
      if (filledBytes === RAW_BYTES) {
        yield encode(raw, text);
        [text, otherText] = [otherText, text];
        filledBytes = 0;
      }
    }
  }
  if (filledBytes > 0) yield encode(raw.subarray(0, filledBytes), text);
}

function encode(raw: Buffer, text: Buffer): Uint8Array {
  return text.subarray(0, text.write(raw.toString("base64"), "latin1"));
}
