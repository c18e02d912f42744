/** Files as a broken disk, a dropped line or a careless writer leaves them. */
import { generator } from "../build-wav.ts";

/** How far into a file headers reach; half of the damage is done there. */
const HEADER_BYTES = 200;

/** Whole numbers that a reader might believe. */
const LIES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff];

/** Bytes changed, left out or put in, lengths lied about, or the end cut off; the same for a seed. */
export function damaged(whole: Uint8Array, seed: number): Uint8Array {
  const random = generator(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  let bytes = Buffer.from(whole);
  for (let count = 1 + upTo(5); count > 0; count -= 1) {
    const within = upTo(2) === 0 ? Math.min(bytes.length, HEADER_BYTES) : bytes.length;
    const at = upTo(within);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const lie = LIES[upTo(LIES.length)] ?? 0;
    switch (upTo(8)) {
      case 0:
        bytes = Buffer.from(before);
        break;
      case 1:
        bytes = Buffer.concat([before, after.subarray(1 + upTo(300))]);
        break;
      case 2:
        bytes = Buffer.concat([before, Buffer.alloc(1 + upTo(300), upTo(256)), after]);
        break;
      case 3:
        bytes = Buffer.concat([before, after, after]);
        break;
      case 4:
        if (at + 4 <= bytes.length) bytes.writeUInt32LE(lie, at);
        break;
      case 5:
        if (at + 4 <= bytes.length) bytes.writeUInt32BE(lie, at);
        break;
      case 6:
        if (at < bytes.length) bytes[at] = upTo(256);
        break;
      default:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << upTo(8));
    }
  }
  return Uint8Array.from(bytes);
}
