import { Readable } from "node:stream";
import { isSignal } from "./is-signal.ts";
import type { AudioSource, AudioStream, StreamOptions, TranscribeOptions } from "./options.ts";
import { type Transcription, transcriptionOf } from "./transcription.ts";

/**
 * Recognises a recording, as `asr transcribe` does: what the provider does not take is converted,
 * what is too long is cut at pauses, and requests that failed are repeated.
 *
 * A stream goes through a private temporary file where the vendor must be told its length; that
 * is removed at the end, however it comes, unless the process ends first.
 *
 * Failures are thrown by the loop over the events and by `transcript`: an `AsrError`; an
 * `IncompleteError`, with what there is, where some was recognised; the signal's reason.
 */
export function transcribe(audio: AudioSource, options: TranscribeOptions): Transcription {
  heedFailure(audio);
  return transcriptionOf(async (tell, signal) => {
    const { transcribeRecording } = await import("./recording-work.ts");
    await transcribeRecording(audio, options, tell, signal);
  }, signalOf(options));
}

/**
 * Recognises live audio while it comes, as `asr stream` does: partials, and finals that stay. Audio
 * is read as fast as it is recognised. It is done when the audio ends; sessions are renewed
 * at pauses, and opened again after a failure.
 *
 * @param audio samples (`rawFormat`), or a WAV, mp3, flac or webm that can be decoded in order
 */
export function stream(audio: AudioStream, options: StreamOptions): Transcription {
  heedFailure(audio);
  return transcriptionOf(async (tell, signal) => {
    const { transcribeStream } = await import("./stream-work.ts");
    await transcribeStream(audio, options, tell, signal);
  }, signalOf(options));
}

/**
 * A stream of Node that fails before it is read, with nobody listening, would end the process. Whoever
 * asks for the result is told.
 */
function heedFailure(audio: unknown): void {
  if (audio instanceof Readable) audio.on("error", () => {});
}

/** Of options that are not yet checked. */
function signalOf(options: TranscribeOptions | StreamOptions | undefined): AbortSignal | undefined {
  const signal = options?.signal;
  return isSignal(signal) ? signal : undefined;
}
