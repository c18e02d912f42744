import { describe, expect, it } from "vitest";
import { openRecording } from "../../../src/audio/open.ts";
import { AsrError } from "../../../src/errors.ts";
import { generator } from "../build-wav.ts";
import { allBytes, memorySource } from "../sources.ts";
import { COMPRESSED_NAMES, compressedBytes } from "./fixtures.ts";

/** Of each file; more by hand when a reader changes. */
const CASES = Number(process.env.DAMAGED_CASES ?? 60);

/** How far into a file headers reach; half of the damage is done there. */
const HEADER_BYTES = 200;

/** A few bytes changed, cut out or put in, or the end cut off. */
function damaged(whole: Uint8Array, seed: number): Uint8Array {
  const random = generator(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  let bytes = Buffer.from(whole);
  for (let count = 1 + upTo(6); count > 0; count--) {
    const at = upTo(upTo(2) === 0 ? Math.min(bytes.length, HEADER_BYTES) : bytes.length);
    const kind = upTo(12);
    if (kind === 0) bytes = bytes.subarray(0, at);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    else if (kind === 2) {
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1), bytes.subarray(at)]);
    } else if (at < bytes.length) bytes[at] = kind < 6 ? 0xff : upTo(256);
  }
  return new Uint8Array(bytes);
}

describe.each(COMPRESSED_NAMES)("damage to %s", (name) => {
  const whole = compressedBytes(name);

  it.each([false, true])(
    "gives a recording or an error about the audio (pipe: %s)",
    async (pipe) => {
      for (let seed = 1; seed <= CASES; seed++) {
        const bytes = damaged(whole, seed);
        const source = memorySource(bytes, { name, pipe, cuts: [1 + ((seed * 37) % 5000)] });
        try {
          const recording = await openRecording(source);
          const { sampleRate, channels, durationMs } = recording.facts;
          expect(Number.isInteger(sampleRate) && sampleRate > 0, `seed ${seed}`).toBe(true);
          expect(Number.isInteger(channels) && channels > 0, `seed ${seed}`).toBe(true);
          expect(durationMs === undefined || Number.isSafeInteger(durationMs)).toBe(true);
          expect(Buffer.compare(await allBytes(recording.bytes()), bytes), `seed ${seed}`).toBe(0);
        } catch (error) {
          expect(error, `seed ${seed}`).toBeInstanceOf(AsrError);
          expect((error as AsrError).kind, `seed ${seed}`).toBe("audio");
        }
        expect(source.openPasses(), `seed ${seed}`).toBe(0);
      }
    },
  );

  it("is not met with the end of the file cut off at any place of its beginning", async () => {
    for (let length = 1; length < HEADER_BYTES; length++) {
      const source = memorySource(whole.slice(0, length), { name, pipe: length % 2 === 0 });
      const outcome = await openRecording(source).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome, `${length} bytes`).toMatchObject({ name: "AsrError", kind: "audio" });
      } else await allBytes((outcome as { bytes(): AsyncIterable<Uint8Array> }).bytes());
      expect(source.openPasses()).toBe(0);
    }
  });
});
