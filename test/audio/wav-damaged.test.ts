import { describe, expect, it } from "vitest";
import { openRecording } from "../../src/audio/open.ts";
import { AsrError } from "../../src/errors.ts";
import { share } from "../share.ts";
import { buildWav, generator, noiseBytes, WAV_ENCODINGS, type WavSpec } from "./build-wav.ts";
import { memorySource } from "./sources.ts";

const CASES = share(300, 10_000);

/** A WAV file with a few bytes of its header changed, cut out or put in, or its end cut off. */
function damagedWav(seed: number): Uint8Array {
  const random = generator(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  const encoding = WAV_ENCODINGS[upTo(WAV_ENCODINGS.length)] ?? "u8";
  const channels = 1 + upTo(4);
  const spec: WavSpec = {
    encoding,
    channels,
    sampleRate: 1 + upTo(192_000),
    data: noiseBytes(encoding, channels * upTo(3000), seed),
    container: upTo(4) === 0 ? "RF64" : "RIFF",
    extensible: upTo(3) === 0,
    ...(upTo(2) === 0 ? { before: [{ id: "LIST", body: new Uint8Array(upTo(60)) }] } : {}),
  };
  let bytes = Buffer.from(buildWav(spec));
  const headerBytes = Math.min(bytes.length, 120);
  for (let count = 1 + upTo(4); count > 0; count--) {
    const at = upTo(headerBytes);
    const kind = upTo(5);
    if (kind === 0) bytes = bytes.subarray(0, at);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    else if (kind === 2) {
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1), bytes.subarray(at)]);
    } else if (at < bytes.length) bytes[at] = kind === 3 ? 0xff : upTo(256);
  }
  return bytes;
}

describe("damaged WAV headers", () => {
  it(`become a recording or an error about the audio, ${CASES} of ${CASES}`, async () => {
    let recordings = 0;
    for (let seed = 1; seed <= CASES; seed++) {
      const bytes = damagedWav(seed);
      const source = memorySource(bytes, { pipe: seed % 2 === 0, cuts: [1 + (seed % 500)] });
      try {
        const recording = await openRecording(source);
        let sampleCount = 0;
        for await (const { channelData } of recording.blocks()) {
          for (const samples of channelData) sampleCount += samples.length;
        }
        expect(sampleCount).toBeGreaterThan(0);
        expect(sampleCount).toBeLessThanOrEqual(bytes.length);
        recordings += 1;
      } catch (error) {
        expect(error, `seed ${seed}`).toBeInstanceOf(AsrError);
        // "usage" where the codec named by chance would need a decoder that is not installed.
        expect((error as AsrError).kind, `seed ${seed}`).toMatch(/^(?:audio|usage)$/);
      }
      expect(source.openPasses()).toBe(0);
      expect(source.readBytes()).toBeLessThanOrEqual(2 * bytes.length);
    }
    // Both ends are met, or the damage is of the wrong size to show anything.
    expect(recordings).toBeGreaterThan(CASES / 10);
    expect(recordings).toBeLessThan((CASES * 9) / 10);
  });
});
