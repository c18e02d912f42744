/** Identifiers of recordings and streams. */

const LENGTH = 16;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/**
 * A `file_id` or `stream_id`: exactly 16 characters of [A-Za-z0-9_] (both documents). That 256 is
 * no multiple of 63 favours four characters a little, which an identifier does not mind.
 *
 * @param randomBytes Cryptographically strong.
 */
export function createIdentifier(randomBytes: (count: number) => Uint8Array): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
