/** How much of its last block a Matroska file throws away (RFC 9559, 5.1.3.5.7, DiscardPadding). */
import type { ByteSource } from "../../types.ts";

const TAIL_BYTES = 64 * 1024;
const ELEMENT_ID = Buffer.of(0x75, 0xa2);
/** What may stand behind it: the end, the index, tags, another block or cluster. */
const NEXT_IDS = ["1c53bb6b", "1254c367", "a0", "a3", "1f43b675"];
const MAX_NANOSECONDS = 120_000_000n;

/** In seconds; 0 where there is none, or the input can't be read at its end (a pipe). */
export async function discardPaddingSeconds(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<number> {
  if (source.openRanges === undefined || source.sizeBytes === undefined) return 0;
  const ranges = await source.openRanges(signal);
  try {
    const startBytes = Math.max(0, source.sizeBytes - TAIL_BYTES);
    return paddingIn(Buffer.from(await ranges.read(startBytes, source.sizeBytes - startBytes)));
  } finally {
    await ranges.close();
  }
}

function paddingIn(tail: Buffer): number {
  for (let at = tail.lastIndexOf(ELEMENT_ID); at >= 0; at = tail.lastIndexOf(ELEMENT_ID, at - 1)) {
    const sizeBytes = (tail[at + 2] ?? 0) & 0x7f;
    const end = at + 3 + sizeBytes;
    const isSized = (tail[at + 2] ?? 0) > 0x80 && sizeBytes <= 8 && end <= tail.length;
    const next = tail.toString("hex", end, end + 4);
    if (isSized && (next === "" || NEXT_IDS.some((id) => next.startsWith(id)))) {
      const value = BigInt.asIntN(8 * sizeBytes, BigInt(`0x${tail.toString("hex", at + 3, end)}`));
      if (value > 0n && value <= MAX_NANOSECONDS) return Number(value) / 1e9;
    }
    if (at === 0) break;
  }
  return 0;
}
