/** MPEG audio, layers I to III, by mpg123-decoder; it takes LAME's delay and padding off. */
import type { Decoded, Note, StreamDecoder } from "./decoder.ts";
import { joined, loaded } from "./decoder.ts";
import { Mp3Frames } from "./mp3-frames.ts";
import { quietly } from "./quiet.ts";

/** @throws MissingDecoder */
export async function openMp3(_facts: unknown, note: Note): Promise<StreamDecoder> {
  const decoder = await loaded(async () => {
    const { MPEGDecoder } = await import("mpg123-decoder");
    const made = new MPEGDecoder();
    await made.ready;
    return made;
  });
  const frames = new Mp3Frames(note);

  function decodeAll(pieces: readonly Uint8Array[]): Decoded {
    return joined(
      pieces.map((piece) => {
        const { channelData, sampleRate, errors } = quietly(() => decoder.decode(piece));
        if (errors.length > 0) note("damaged");
        // Of one channel the library makes two alike.
        return { channelData: frames.isMono ? channelData.slice(0, 1) : channelData, sampleRate };
      }),
    );
  }

  return {
    decode: (chunk) => decodeAll(frames.add(chunk)),
    flush: () => decodeAll(frames.end()),
    free: () => quietly(() => decoder.free()),
  };
}
