/** The text of one stream, from the first snapshot to the final segments. Pure. */
import type { RecognitionEvent } from "../../transcript/events.ts";
import { noSpeech } from "./events.ts";
import { TextGrowth } from "./growth.ts";
import { durationMsOf } from "./pcm.ts";

export class StreamText {
  readonly #growth = new TextGrowth();
  #sentBytes = 0;
  /** The last one that was not empty: each replaces the one before. */
  #snapshot = "";

  /** How much audio has been sent, in milliseconds. */
  get audioMs(): number {
    return durationMsOf(this.#sentBytes);
  }

  /** A packet of so many bytes of audio was answered with the text so far. */
  *snapshot(text: string, sizeBytes: number): Generator<RecognitionEvent, void> {
    const fromMs = this.audioMs;
    this.#sentBytes += sizeBytes;
    const endMs = this.audioMs;
    this.#growth.add(text, fromMs, endMs);
    if (text !== "" && text !== this.#snapshot) {
      this.#snapshot = text;
      const startMs = this.#growth.startMs ?? fromMs;
      yield { type: "partial", segment: { text, startMs, endMs, approximate: true } };
    }
    yield { type: "progress", audioMs: endMs };
  }

  /** The end packet was answered: with the whole text, or, as some say, with none. */
  *end(text: string, sizeBytes: number): Generator<RecognitionEvent, void> {
    this.#sentBytes += sizeBytes;
    const final = text.trim() === "" ? this.#snapshot : text;
    const segments = this.#growth.segments(final, this.audioMs);
    for (const segment of segments) yield { type: "final", segment };
    yield { type: "progress", audioMs: this.audioMs };
    if (segments.length === 0) yield noSpeech();
  }
}
