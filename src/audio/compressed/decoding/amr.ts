/** AMR narrow band by @audio/decode-amr (opencore-amr), a chunk of whole frames at a time. */
import { importAnew } from "../../../installation/import-anew.ts";
import type { AudioFacts } from "../../types.ts";
import { type Decoded, loaded, NOTHING, type Note, type StreamDecoder } from "./decoder.ts";
import { PendingBytes } from "./pending.ts";
import { quietly } from "./quiet.ts";

const MAGIC = Buffer.from("#!AMR\n");
/** By frame type, first byte included (3GPP TS 26.101, table 1a and annex A). */
const FRAME_BYTES: readonly (number | undefined)[] = [
  13,
  14,
  16,
  18,
  20,
  21,
  27,
  32,
  6,
  7,
  6,
  6,
  undefined,
  undefined,
  undefined,
  1,
];
/** The comfort noise of other codecs (types 9 to 11) is silence here: a frame without data. */
const LAST_OWN_TYPE = 8;
const NO_DATA = Uint8Array.of(0x7c);

/** How often the library has broken down. */
let faultCount = 0;

/**
 * The library keeps one instance of its module for all files. Nothing is known of its memory after
 * a fault: the next file gets the library anew.
 */
async function loadLibrary(): Promise<typeof import("@audio/decode-amr")> {
  if (faultCount === 0) return import("@audio/decode-amr");
  return importAnew("@audio/decode-amr", faultCount);
}

/** @throws MissingDecoder */
export async function openAmr(_facts: AudioFacts, note: Note): Promise<StreamDecoder> {
  const decoder = await loaded(async () => {
    const library = await loadLibrary();
    const made = await library.decoder();
    made.decode(MAGIC);
    return made;
  });
  let hasFailed = false;

  function decodeFrames(frames: Uint8Array): Decoded {
    try {
      return quietly(() => decoder.decode(frames));
    } catch (error) {
      hasFailed = true;
      faultCount++;
      throw error;
    }
  }

  const pending = new PendingBytes();
  let isPastMagic = false;
  let isLeftOut = false;

  function wholeFrames(): Uint8Array {
    const { bytes } = pending;
    const frames: Uint8Array[] = [];
    let offset = 0;
    while (offset < bytes.length) {
      const first = bytes[offset] ?? 0;
      const type = (first >> 3) & 15;
      const sizeBytes = FRAME_BYTES[type];
      // The first bit and the last two are padding, and zero (RFC 4867, 5.3).
      if (sizeBytes === undefined || (first & 0x83) !== 0) {
        isLeftOut = true;
        offset++;
        continue;
      }
      if (offset + sizeBytes > bytes.length) break;
      if (isLeftOut) note("damaged");
      isLeftOut = false;
      frames.push(type > LAST_OWN_TYPE ? NO_DATA : bytes.subarray(offset, offset + sizeBytes));
      offset += sizeBytes;
    }
    const joined = Buffer.concat(frames);
    pending.drop(offset);
    return joined;
  }

  return {
    decode(chunk): Decoded {
      pending.add(chunk);
      if (!isPastMagic) {
        if (pending.bytes.length < MAGIC.length) return NOTHING;
        pending.drop(MAGIC.length);
        isPastMagic = true;
      }
      const frames = wholeFrames();
      return frames.length === 0 ? NOTHING : decodeFrames(frames);
    },
    flush() {
      if (pending.bytes.length > 0) note("cut-short");
      return NOTHING;
    },
    free() {
      if (!hasFailed) quietly(() => decoder.free());
    },
  };
}
