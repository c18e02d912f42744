/** Audio as a body of known size, for every try anew. */
import { audioError } from "../../errors.ts";
import { type Body, streamBody } from "../../http/body.ts";
import type { AudioInput } from "../contract.ts";

/**
 * Where the size is not known the audio is read through once to learn it.
 *
 * @throws AsrError kind "audio" for audio that can be read only once: the request says its length
 *   in front, and may have to be sent again.
 */
export async function uploadOf(audio: AudioInput, signal: AbortSignal): Promise<Body> {
  if (!audio.reopenable) {
    throw audioError(
      "stepfun can't take audio that can be read only once",
      "write it to a file first",
      "the request must say its length before the audio begins",
    );
  }
  const sizeBytes = audio.sizeBytes ?? (await measuredBytes(audio, signal));
  return streamBody(sizeBytes, (bodySignal) => audio.open(bodySignal, { reuseBuffers: true }));
}

async function measuredBytes(audio: AudioInput, signal: AbortSignal): Promise<number> {
  let sizeBytes = 0;
  for await (const piece of audio.open(signal, { reuseBuffers: true }))
    sizeBytes += piece.byteLength;
  return sizeBytes;
}
