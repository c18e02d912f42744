/** Live audio while it comes: kept as long as somebody may need it, and listened to. */
import { decodeInto } from "../audio/decode.ts";
import { createResampler, type Resampler } from "../audio/resampling/resampler.ts";
import { type SpeechScorer, VoiceActivity } from "../audio/voice/activity.ts";
import type { SpeechInterval } from "../audio/voice/detector.ts";
import { abortable } from "../http/abortable.ts";
import type { LiveAudio } from "./live-audio.ts";
import { SampleRing } from "./sample-ring.ts";

/** Live audio for those who may have to send it again. */
export interface ResendableAudio extends LiveAudio {
  /**
   * What lies before was handed out: it does not wait any more, and is kept until it is released.
   * An earlier place than before: what follows it waits again.
   */
  sent(beforeMs: number): void;
  /** When the millisecond at a place had come whole, on the clock; undefined where it is not here. */
  arrivedAt(ms: number): number | undefined;
}

export interface FeedShape {
  /** In Hz. */
  readonly sampleRate: number;
  readonly encoding: "s16le" | "f32le";
}

export class LiveFeed implements ResendableAudio {
  readonly sampleRate: number;
  readonly encoding: "s16le" | "f32le";
  readonly #sampleBytes: number;
  readonly #ring = new SampleRing();
  readonly #activity: VoiceActivity;
  readonly #resampler: Resampler | undefined;
  /** Used for piece after piece. */
  #decoded = new Float32Array(0);
  #speech: SpeechInterval[] = [];
  #lastSpeechEndMs = 0;
  #openSinceMs: number | undefined;
  #heardSamples = 0;
  #releasedMs = 0;
  #sentMs = 0;
  #ended = false;
  #arrivedAtMs = 0;
  #changed = Promise.withResolvers<void>();
  #released = Promise.withResolvers<void>();

  constructor({ sampleRate, encoding }: FeedShape, scorer: SpeechScorer) {
    this.sampleRate = sampleRate;
    this.encoding = encoding;
    this.#sampleBytes = encoding === "f32le" ? 4 : 2;
    this.#activity = new VoiceActivity(scorer);
    if (sampleRate !== scorer.sampleRate) {
      this.#resampler = createResampler(sampleRate, scorer.sampleRate, 1);
    }
  }

  get endMs(): number {
    const ms = (this.#heardSamples * 1000) / this.sampleRate;
    // Whole milliseconds while there is more to come, and in the end all there is.
    return this.#ended ? Math.ceil(ms) : Math.floor(ms);
  }

  /** Of all that came, rounded. */
  get durationMs(): number {
    return Math.round((this.#heardSamples * 1000) / this.sampleRate);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get arrivedAtMs(): number {
    return this.#arrivedAtMs;
  }

  get keptFromMs(): number {
    return this.#releasedMs;
  }

  get speech(): readonly SpeechInterval[] {
    return this.#speech;
  }

  get openSinceMs(): number | undefined {
    return this.#openSinceMs;
  }

  /** How long nobody has spoken; counted from the start where nobody has yet. */
  get silentMs(): number {
    return this.openSinceMs === undefined ? Math.max(0, this.endMs - this.#lastSpeechEndMs) : 0;
  }

  /** How much has come that nobody has come for. */
  get waitingMs(): number {
    return Math.max(0, this.endMs - Math.max(this.#releasedMs, this.#sentMs));
  }

  /** The beginning of what waits. */
  get waitingFromMs(): number {
    return Math.max(this.#releasedMs, this.#sentMs);
  }

  /**
   * The next samples, whole ones; they are there for others once they have been listened to.
   *
   * @param samples kept as they are: nobody may use the array again
   * @param nowMs clock milliseconds
   */
  async push(samples: Uint8Array, nowMs: number): Promise<void> {
    this.#ring.push(samples, nowMs);
    const channelData = [this.#decode(samples)];
    const heard = this.#resampler === undefined ? channelData : this.#resampler.push(channelData);
    const found: SpeechInterval[] = [];
    for (const part of heard) found.push(...(await this.#activity.push(part)));
    this.#hear(found);
    this.#arrivedAtMs = nowMs;
    this.#wake();
  }

  /** Nothing more will come. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const found: SpeechInterval[] = [];
    for (const part of this.#resampler?.end() ?? []) {
      found.push(...(await this.#activity.push(part)));
    }
    this.#hear([...found, ...(await this.#activity.finish())]);
    this.#ended = true;
    this.#wake();
  }

  bytes(startMs: number, endMs: number): Uint8Array {
    if (startMs < this.#releasedMs && startMs < endMs) {
      throw new RangeError(`audio before ${this.#releasedMs} ms is gone, ${startMs} ms was asked`);
    }
    return this.#ring.bytes(this.#byteAt(startMs), this.#byteAt(endMs));
  }

  arrivedAt(ms: number): number | undefined {
    // The last sample of its millisecond: the first may have come long before the others.
    const sample = Math.ceil(((Math.floor(ms) + 1) * this.sampleRate) / 1000) - 1;
    const lastByte = Math.max(0, this.#ring.endByte - this.#sampleBytes);
    return this.#ring.arrivedAtMs(Math.min(sample * this.#sampleBytes, lastByte));
  }

  async past(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (!this.#ended && this.endMs <= ms) await abortable(this.#changed.promise, signal);
  }

  release(beforeMs: number): void {
    if (beforeMs <= this.#releasedMs) return;
    this.#releasedMs = Math.min(beforeMs, this.endMs);
    this.#ring.release(this.#byteAt(this.#releasedMs));
    this.#speech = this.#speech.filter(({ endMs }) => endMs > this.#releasedMs);
    this.#notice();
  }

  sent(beforeMs: number): void {
    this.#sentMs = beforeMs;
    this.#notice();
  }

  /** Resolves when something was sent or released. Aborted: the signal's reason. */
  async taken(signal: AbortSignal): Promise<void> {
    await abortable(this.#released.promise, signal);
  }

  /**
   * All at once: whoever looks while a piece is being listened to must not find its speech neither
   * open nor over.
   */
  #hear(found: readonly SpeechInterval[]): void {
    this.#speech.push(...found);
    this.#openSinceMs = this.#activity.openSinceMs;
    this.#heardSamples = this.#ring.endByte / this.#sampleBytes;
    this.#lastSpeechEndMs = found.at(-1)?.endMs ?? this.#lastSpeechEndMs;
  }

  #decode(samples: Uint8Array): Float32Array {
    const sampleCount = samples.length / this.#sampleBytes;
    if (sampleCount > this.#decoded.length) this.#decoded = new Float32Array(sampleCount);
    const decoded = this.#decoded.subarray(0, sampleCount);
    decodeInto(samples, this.encoding, [decoded]);
    return decoded;
  }

  #byteAt(ms: number): number {
    const sample = Math.floor((ms * this.sampleRate) / 1000);
    // The last millisecond may not be a whole one.
    return Math.min(sample * this.#sampleBytes, this.#ended ? this.#ring.endByte : Infinity);
  }

  #wake(): void {
    const changed = this.#changed;
    this.#changed = Promise.withResolvers();
    changed.resolve();
  }

  #notice(): void {
    const released = this.#released;
    this.#released = Promise.withResolvers();
    released.resolve();
  }
}
