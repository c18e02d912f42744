/** What Tencent flash would refuse, or recognise wrongly, known before it is sent. */
import { audioError } from "../../../errors.ts";
import type { AudioInput } from "../../contract.ts";
import { FLASH_LIMITS } from "./limits.ts";
import type { FlashPlan } from "./request.ts";
import { isUncompressed, voiceFormatOf } from "./voice-format.ts";

/**
 * Looks at what can be known of the audio before it is sent.
 *
 * @throws AsrError kind "audio", with what to do about it.
 */
export function checkFlashAudio(audio: AudioInput, { engine, sampleRate }: FlashPlan): void {
  const { container, sizeBytes = 0, durationMs = 0 } = audio;
  const { maxBytes, maxDurationMs } = FLASH_LIMITS;
  if (voiceFormatOf(audio) === undefined) {
    throw audioError(
      `Tencent flash does not take ${container} with ${audio.encoding}`,
      "convert it to 16-bit WAV, or to m4a, mp3, aac, amr, silk, or ogg with opus or speex",
    );
  }
  if (sizeBytes === 0) throw audioError("the audio is empty", "check the recording");
  if (sizeBytes > maxBytes) {
    throw audioError(
      `${sizeBytes} bytes of audio are more than Tencent flash takes`,
      "send it compressed (m4a, mp3, ogg with opus), or cut it into parts",
      `it takes ${maxBytes} bytes in one request`,
    );
  }
  if (durationMs > maxDurationMs) {
    throw audioError(
      `${Math.ceil(durationMs / 60_000)} minutes of audio are more than Tencent flash takes`,
      "cut it into parts",
      `it takes ${maxDurationMs / 60_000} minutes in one request`,
    );
  }
  // The vendor would not complain: the text would be nonsense, and billed.
  if (isUncompressed(audio) && audio.sampleRate !== sampleRate) {
    throw audioError(
      `audio of ${audio.sampleRate} Hz does not fit the engine ${engine}`,
      "convert it, or choose an engine of that rate with -m",
      `the engine listens at ${sampleRate} Hz`,
    );
  }
}
