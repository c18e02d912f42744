/** Bytes in place of random ones where nothing is secret: the same in each run. */
import { createHash } from "node:crypto";

/** Each call gives others, by its number. */
export function numberedBytes(): (count: number) => Uint8Array {
  let callCount = 0;
  return (count) => {
    const call = callCount++;
    const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
      createHash("sha256").update(`${call} ${block}`).digest(),
    );
    return new Uint8Array(Buffer.concat(blocks).subarray(0, count));
  };
}
