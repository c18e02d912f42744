/**
 * SILK files (Skype's SILK SDK, file format of its encoder): `#!SILK_V3`, then frames, each behind
 * its size as 16-bit little endian; a size of -1 may end them. Tencent's own recorders put a byte
 * 0x02 in front.
 */
import { audioError } from "../../../errors.ts";
import type { AudioUnit } from "./audio-unit.ts";
import type { ByteReader } from "./byte-reader.ts";

const SIGNATURE = "#!SILK_V3";
const TENCENT_MARK = 0x02;
const END_MARK = 0xffff;

/** A guess, the encoder's default: the frames do not say how long they are. */
const FRAME_MS = 20;

/**
 * Each frame with its size in front of it; the header goes with the first one. A frame that is cut
 * short at the end is left out.
 *
 * @throws AsrError kind "audio" where the signature is missing.
 */
export async function* silkFrames(reader: ByteReader): AsyncGenerator<AudioUnit> {
  const mark = Buffer.from(await reader.take(1));
  const rest = Buffer.from(
    await reader.take(SIGNATURE.length - (mark[0] === TENCENT_MARK ? 0 : 1)),
  );
  let header = Buffer.concat([mark, rest]);
  if (!header.toString("latin1").endsWith(SIGNATURE)) {
    throw audioError("the SILK file is damaged", "check that it plays", "it has no signature");
  }
  for (;;) {
    const size = Buffer.from(await reader.take(2));
    if (size.length < 2) return;
    const sizeBytes = size.readUInt16LE(0);
    if (sizeBytes === END_MARK) {
      if (header.length === 0) yield { bytes: size, durationMs: 0 };
      return;
    }
    const frame = await reader.take(sizeBytes);
    if (frame.length < sizeBytes) return;
    yield { bytes: Buffer.concat([header, size, frame]), durationMs: FRAME_MS };
    header = Buffer.alloc(0);
  }
}
