/** What the room of utterances waits for: audio, words of a recogniser, an abort. */
import { Bell } from "../http/bell.ts";
import type { LiveAudio } from "./live-audio.ts";

/** Wakes one waiter; news that nobody waited for are kept. */
export class News {
  readonly #audio: LiveAudio;
  readonly #signal: AbortSignal;
  readonly #ring = () => this.ring();
  readonly #bell = new Bell();
  #isListening = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(audio: LiveAudio, signal: AbortSignal) {
    this.#audio = audio;
    this.#signal = signal;
    signal.addEventListener("abort", this.#ring);
  }

  ring(): void {
    this.#bell.ring();
  }

  /**
   * Until there is something new; at once where there was since the last wait.
   *
   * @param knownMs how much of the audio the waiter knows
   * @param endKnown whether the waiter knows that it has ended: it may have since it looked
   * @throws what failed in the audio, or the signal's reason
   */
  async wait(knownMs: number, endKnown: boolean): Promise<void> {
    if (!endKnown && !this.#isListening) void this.#listen(knownMs);
    await this.#bell.wait();
    this.#signal.throwIfAborted();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  close(): void {
    this.#signal.removeEventListener("abort", this.#ring);
  }

  /** One at a time: audio comes more often than it is asked for. */
  async #listen(knownMs: number): Promise<void> {
    this.#isListening = true;
    try {
      await this.#audio.past(knownMs, this.#signal);
    } catch (error) {
      this.#failure = { error };
    }
    this.#isListening = false;
    this.ring();
  }
}
