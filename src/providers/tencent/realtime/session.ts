/**
 * A recording as one voice, which is sent again from its start where it is lost; live audio as one
 * voice, which is given up then: whoever opened it knows what was final, and sends only the rest.
 */
import { AsrError, audioError } from "../../../errors.ts";
import { pause } from "../../../http/clock.ts";
import type { Place } from "../../../http/limiter.ts";
import type { RecognitionEvent } from "../../../transcript/events.ts";
import type { ProviderContext, RecognitionInput } from "../../contract.ts";
import { isSkewed, refusalExplained, serverOffsetMs, skewWarning } from "../clock-skew.ts";
import { REALTIME_API, SIGNATURE_REFUSED } from "./codes.ts";
import { languageOfEngine } from "./engines.ts";
import { MAX_RESTARTS, MAX_UNKNOWN_RESTARTS } from "./limits.ts";
import type { RealtimePlan } from "./request.ts";
import { VoiceTranscript } from "./transcript.ts";
import { isCode, openVoice, type Voice, VoiceLost } from "./voice.ts";
import { liveAudio, type VoiceAudio, voiceAudio } from "./voice-audio.ts";

/** Before the first restart; doubles with each. */
const RESTART_DELAY_MS = 500;

export class RealtimeSession {
  readonly #input: RecognitionInput;
  readonly #plan: RealtimePlan;
  readonly #context: ProviderContext;
  readonly #place: Place;
  readonly #audio: VoiceAudio;
  #offsetMs: number | undefined;
  #restarts = 0;
  #unknownRestarts = 0;
  #requestCount = 0;
  /** Audio of the voices that were lost. */
  #lostMs = 0;
  #finalCount = 0;
  /** The most audio that any voice has been answered. */
  #answeredMs = 0;

  /** @param place Of the account, held as long as the session lasts. */
  constructor(input: RecognitionInput, plan: RealtimePlan, context: ProviderContext, place: Place) {
    this.#input = input;
    this.#plan = plan;
    this.#context = context;
    this.#place = place;
    this.#audio = input.settings.live
      ? liveAudio(input.audio, context.signal)
      : voiceAudio(input.audio, plan.sliceMs, context.signal);
  }

  /** @throws AsrError; the signal's reason. */
  async *events(): AsyncGenerator<RecognitionEvent> {
    try {
      for (;;) {
        const voice = openVoice(this.#plan, this.#context, this.#place, this.#offsetMs ?? 0);
        try {
          yield* this.#voice(voice);
          yield* this.#summary(voice);
          return;
        } catch (error) {
          this.#requestCount += voice.requestCount();
          yield* this.#recover(error, voice);
        }
      }
    } finally {
      await this.#audio.close();
    }
  }

  /** Sends all audio as one voice. */
  async *#voice(voice: Voice): AsyncGenerator<RecognitionEvent> {
    const transcript = new VoiceTranscript(this.#plan, this.#input.settings);
    for await (const slice of this.#audio.slices()) {
      const answer = await voice.send(slice);
      if (answer === undefined) {
        transcript.loseAnswer();
        if (slice.isLast) throw answerLost(voice);
      } else {
        if (this.#input.settings.raw) yield { type: "response", raw: answer.body };
        yield* this.#counted(transcript.take(answer, slice));
        if (transcript.completeness === "gap") throw answerLost(voice);
      }
      if (slice.endMs > this.#answeredMs) {
        this.#answeredMs = slice.endMs;
        yield { type: "progress", audioMs: slice.endMs };
      }
    }
    if (transcript.completeness !== "complete") throw answerLost(voice);
    yield* this.#counted(transcript.end());
  }

  *#counted(events: readonly RecognitionEvent[]): Generator<RecognitionEvent> {
    for (const event of events) {
      if (event.type === "final") this.#finalCount++;
      yield event;
    }
  }

  *#summary(voice: Voice): Generator<RecognitionEvent> {
    const requests = this.#requestCount + voice.requestCount();
    if (requests === 0 && !this.#input.settings.live) {
      throw audioError("the audio is empty", "check the recording");
    }
    if (this.#finalCount === 0) yield warning("no-speech", "Tencent realtime heard no speech");
    if (requests === 0) return;
    const { engine = "" } = this.#plan;
    const language = languageOfEngine(engine);
    const billedMs = this.#lostMs + voice.sentMs();
    yield {
      type: "response",
      requestId: voice.voiceId,
      model: this.#plan.model,
      durationMs: this.#answeredMs,
      ...(language === undefined ? {} : { language }),
      usage: { requests, billedMs, ...(this.#restarts > 0 ? { possiblyBilledTwice: true } : {}) },
    };
  }

  /** Gets ready for another voice, or passes the error on. */
  async *#recover(error: unknown, voice: Voice): AsyncGenerator<RecognitionEvent> {
    const { live } = this.#input.settings;
    if (error instanceof VoiceLost && live) throw passing(error.cause);
    if (error instanceof VoiceLost) yield* this.#restart(error, voice);
    else if (isCode(error, SIGNATURE_REFUSED)) {
      // The slices before it are gone.
      if (live && this.#answeredMs > 0) throw passing(error);
      yield* this.#correctClock(error, voice);
    } else throw error;
  }

  async *#restart({ cause }: VoiceLost, voice: Voice): AsyncGenerator<RecognitionEvent> {
    const { clock, signal, log, http } = this.#context;
    const isUnknown = cause.details.outcomeUnknown === true;
    const isEnough =
      this.#restarts >= Math.min(MAX_RESTARTS, http.maxRepeats) ||
      (isUnknown && this.#unknownRestarts >= MAX_UNKNOWN_RESTARTS);
    if (isEnough) throw givenUp(cause, this.#restarts);
    if (isUnknown) this.#unknownRestarts++;
    this.#lostMs += voice.sentMs();
    if (this.#restarts === 0) {
      yield warning(
        "possibly-billed-twice",
        "Tencent lost the voice, and its audio was sent again: it may be billed twice",
      );
    }
    const delayMs = RESTART_DELAY_MS * 2 ** this.#restarts++;
    log(`${cause.message}; all audio goes out again in ${delayMs} ms, under a new voice_id`);
    await pause(clock, delayMs, signal);
  }

  /** A refused signature costs nothing: where the clock is the reason, it is corrected, once. */
  async *#correctClock(error: AsrError, voice: Voice): AsyncGenerator<RecognitionEvent> {
    if (this.#offsetMs !== undefined) throw refusalExplained(error, this.#offsetMs);
    const offsetMs = await serverOffsetMs(this.#context, voice.dateHeader());
    if (offsetMs === undefined || !isSkewed(offsetMs)) throw refusalExplained(error, offsetMs);
    this.#offsetMs = offsetMs;
    yield { type: "warning", warning: skewWarning(offsetMs) };
  }
}

function warning(code: string, message: string): RecognitionEvent {
  return { type: "warning", warning: { code, message } };
}

/** A slice arrived twice and was answered never: what it brought is not known. */
function answerLost({ voiceId }: Voice): VoiceLost {
  return new VoiceLost(
    new AsrError("network", "answers of Tencent realtime were lost", {
      hint: "check the network connection, and try again",
      provider: REALTIME_API.id,
      requestId: voiceId,
      outcomeUnknown: true,
    }),
  );
}

/** For whoever can open another voice. */
function passing({ kind, message, details }: AsrError): AsrError {
  return new AsrError(kind, message, { ...details, retryable: true, stopsBatch: false });
}

function givenUp(error: AsrError, restarts: number): AsrError {
  if (restarts === 0) return error;
  const { kind, message, details } = error;
  const again = `all audio was sent again ${restarts === 1 ? "once" : `${restarts} times`}, in vain`;
  const reason = details.reason === undefined ? again : `${details.reason}; ${again}`;
  return new AsrError(kind, message, { ...details, reason });
}
