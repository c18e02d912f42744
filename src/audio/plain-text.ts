/** Tells text from samples. */

/** Tab, line feed, form feed, carriage return and escape are the controls that text has. */
const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/**
 * Whether bytes are text: UTF-8 without control characters, or UTF-16 behind its mark. The last
 * three bytes may be the beginning of a character.
 */
export function looksLikeText(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return looksLikeUtf16(bytes, bytes[0] === 0xff);
  }
  if (bytes.some((byte) => byte < 0x20 && !TEXT_CONTROLS.has(byte))) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Most characters of any text in UTF-16 have a control-free low page or are CJK. */
function looksLikeUtf16(bytes: Uint8Array, littleEndian: boolean): boolean {
  const units = bytes.subarray(0, bytes.length & ~1);
  const text = new TextDecoder(littleEndian ? "utf-16le" : "utf-16be").decode(units);
  return text.length > 1 && !/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/.test(text);
}
