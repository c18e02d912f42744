/** Voices of Tencent realtime: what has come of each, in which order, and when. */
import { GrowingBuffer } from "../server/audio/growing-buffer.ts";
import { WavScanner } from "../server/audio/wav.ts";
import { Refusal } from "../server/exchange.ts";
import { answeredWhole } from "../server/faults.ts";
import type { RequestRecord } from "../server/recorder.ts";
import type { RealtimeRequest } from "./realtime-parameters.ts";

const INVALID = 102;
const DUPLICATE = 127;
const RESTART = 110;
/** Codes after which a voice is lost and must begin again under a new voice_id (FACTS). */
export const RESTART_CODES: ReadonlySet<number> = new Set([110, 113, 121, 123, 124, 125, 126]);
/** "At most 6 s between slices" (FACTS). */
const MAX_GAP_MS = 6000;
/** "needvad=1 is required for audio over 60 s" (FACTS). */
const MAX_PLAIN_MS = 60_000;
/** Speex and silk have no length here without a decoder: about 24 kbit/s. */
const COMPRESSED_BYTES_PER_MS = 3;

/** One voice, for tests to look at. */
export interface VoiceRecord {
  readonly voiceId: string;
  readonly sliceCount: number;
  readonly sizeBytes: number;
  readonly durationMs: number;
  /** "lost": a restart code was answered, or the gap was too long. */
  readonly state: "open" | "ended" | "lost";
}

export class Voice {
  readonly voiceId: string;
  readonly #slices: RequestRecord[] = [];
  readonly #kept: GrowingBuffer | undefined;
  readonly #wav = new WavScanner();
  #isWav = false;
  #sizeBytes = 0;
  #durationMs = 0;
  state: VoiceRecord["state"] = "open";
  /** How many sentences have been given as stable. */
  stableCount = 0;
  /** How many sentences have been begun. */
  begunCount = 0;

  constructor(voiceId: string, keep: boolean) {
    this.voiceId = voiceId;
    this.#kept = keep ? new GrowingBuffer() : undefined;
  }

  get nextSeq(): number {
    return this.#slices.length;
  }

  get durationMs(): number {
    return this.#durationMs;
  }

  slice(seq: number): RequestRecord | undefined {
    return this.#slices[seq];
  }

  /** The samples so far, without a WAV header; empty where nobody listens. */
  samples(): Buffer {
    const all = this.#kept?.view() ?? Buffer.alloc(0);
    return this.#isWav ? all.subarray(this.#wav.facts()?.dataOffsetBytes ?? 0) : all;
  }

  /** Whether the first slice begins with a RIFF header, and what that says. */
  wavFacts() {
    return this.#isWav ? this.#wav.facts() : undefined;
  }

  add(record: RequestRecord, bytes: Buffer, request: RealtimeRequest): void {
    if (this.#slices.length === 0) this.#isWav = bytes.toString("latin1", 0, 4) === "RIFF";
    if (this.#isWav) this.#wav.push(bytes);
    this.#slices.push(record);
    this.#sizeBytes += bytes.length;
    this.#kept?.push(bytes);
    this.#durationMs = lengthMs(this.wavFacts()?.dataBytes ?? this.#sizeBytes, request);
    if (request.isEnd) this.state = "ended";
  }

  toRecord(): VoiceRecord {
    return {
      voiceId: this.voiceId,
      sliceCount: this.#slices.length,
      sizeBytes: this.#sizeBytes,
      durationMs: this.#durationMs,
      state: this.state,
    };
  }
}

/** How long so many bytes of a voice last. */
function lengthMs(sizeBytes: number, request: RealtimeRequest): number {
  const isPcm = request.voiceFormat === "1";
  const bytesPerMs = isPcm ? (request.sampleRate * 2) / 1000 : COMPRESSED_BYTES_PER_MS;
  return Math.round(sizeBytes / bytesPerMs);
}

/**
 * Looks whether a slice may follow what the voice has had.
 *
 * @returns notes: broken rules that the vendor does not refuse.
 * @throws Refusal
 */
export function checkOrder(
  voice: Voice | undefined,
  request: RealtimeRequest,
  record: RequestRecord,
  sha256: string,
): string[] {
  const { seq, voiceId } = request;
  if (voice === undefined) {
    if (seq !== 0) throw new Refusal(INVALID, `voice ${voiceId} begins with seq ${seq}`);
    return [];
  }
  if (voice.state === "lost") {
    throw new Refusal(INVALID, `voice ${voiceId} is lost: it must begin again under a new name`);
  }
  const earlier = voice.slice(seq);
  if (earlier !== undefined) return refuseRepeat(earlier, record, sha256, voice);
  if (voice.state === "ended") throw new Refusal(INVALID, `voice ${voiceId} has ended`);
  if (seq !== voice.nextSeq) {
    throw new Refusal(INVALID, `seq ${seq} after ${voice.nextSeq - 1}: slices come in order`);
  }
  const previous = voice.slice(seq - 1);
  const gapMs = record.openedAtMs - (previous?.closedAtMs ?? record.openedAtMs);
  if (gapMs > MAX_GAP_MS) {
    voice.state = "lost";
    // No document names the code; 110 is the one that asks for a new start.
    throw new Refusal(RESTART, `${gapMs} ms between two slices`);
  }
  return [];
}

/** A repeat is right only while the answer did not arrive, and only of the very same request. */
function refuseRepeat(
  earlier: RequestRecord,
  record: RequestRecord,
  sha256: string,
  voice: Voice,
): never {
  const seq = record.parameters.seq;
  const same =
    earlier.url === record.url && earlier.headers.authorization === record.headers.authorization;
  if (earlier.audio?.sha256 !== sha256) {
    throw new Refusal(DUPLICATE, `seq ${seq} of ${voice.voiceId} came again with other audio`);
  }
  if (answeredWhole(earlier)) {
    throw new Refusal(DUPLICATE, `seq ${seq} of ${voice.voiceId} came again after its answer`);
  }
  if (!same) throw new Refusal(DUPLICATE, `seq ${seq} came again under another URL or signature`);
  throw new Refusal(DUPLICATE, `seq ${seq} had arrived`, { blame: false });
}

/** What is wrong with the audio of a voice once this slice is in. */
export function checkLength(voice: Voice | undefined, sizeBytes: number, request: RealtimeRequest) {
  const soFarMs = (voice?.durationMs ?? 0) + lengthMs(sizeBytes, request);
  if (soFarMs > MAX_PLAIN_MS && !request.needVad) {
    throw new Refusal(INVALID, `${soFarMs} ms of audio without needvad=1`);
  }
}
