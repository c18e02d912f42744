/** One request while it is recorded, from its first byte to the last of its answer. */
import type { HttpRequest, HttpResponse, SendOptions, Transport } from "../transport.ts";
import { keptPieces, type TimedPiece } from "./answer-pieces.ts";
import { type WatchedBody, watchedBody } from "./body-outline.ts";
import { failureOf } from "./failure-record.ts";
import { headerSecrets, shapeOf } from "./request-shape.ts";
import type { Party } from "./rules.ts";
import type { AnswerRecord, FailureRecord, RequestRecord } from "./schema.ts";
import type { Scrubber } from "./scrub.ts";

/** Of any HTTP answer that the program reads. */
const ANSWER_HEADERS = ["content-type", "date", "location", "retry-after"];

export interface RecordedExchange {
  readonly request: RequestRecord;
  readonly identifier?: string;
  readonly answer?: AnswerRecord;
  readonly failure?: FailureRecord;
}

export interface ExchangeSurroundings {
  readonly party: Party;
  readonly scrubber: Scrubber;
  /** Milliseconds that rise, since the recording began. */
  readonly nowMs: () => number;
  /** Called once at most: not for what tells nothing of the vendor. */
  readonly onDone: (recorded: RecordedExchange) => void;
}

export class RecordingExchange {
  readonly #request: HttpRequest;
  readonly #signal: AbortSignal;
  readonly #surroundings: ExchangeSurroundings;
  readonly #body: WatchedBody;
  readonly #startMs: number;
  readonly #pieces: TimedPiece[] = [];
  #head: { readonly response: HttpResponse; readonly ms: number } | undefined;
  #isReading = false;
  #isDone = false;

  constructor(request: HttpRequest, signal: AbortSignal, surroundings: ExchangeSurroundings) {
    this.#request = request;
    this.#signal = signal;
    this.#surroundings = surroundings;
    this.#body = watchedBody(request);
    this.#startMs = surroundings.nowMs();
  }

  /** As the transport does it. */
  async send(transport: Transport, options: SendOptions): Promise<HttpResponse> {
    const { body } = this.#body;
    try {
      const request = body === undefined ? this.#request : { ...this.#request, body };
      const response = await transport.send(request, options);
      this.#head = { response, ms: this.#elapsedMs() };
      // Nobody may want to read what was answered.
      const onOver = (): void => {
        if (!this.#isReading) this.#done({ left: true });
      };
      if (this.#signal.aborted) onOver();
      else this.#signal.addEventListener("abort", onOver, { once: true });
      return { ...response, pieces: () => this.#read(response) };
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  async *#read(response: HttpResponse): AsyncGenerator<Uint8Array, void> {
    this.#isReading = true;
    let end: { readonly left?: true; readonly thrown?: { readonly error: unknown } } = {
      left: true,
    };
    try {
      for await (const bytes of response.pieces()) {
        // The reader may write over it.
        this.#pieces.push({ ms: this.#elapsedMs(), bytes: Uint8Array.from(bytes) });
        yield bytes;
      }
      end = {};
    } catch (error) {
      end = { thrown: { error } };
      throw error;
    } finally {
      if (end.thrown === undefined) this.#done(end.left === true ? { left: true } : {});
      else this.#failed(end.thrown.error);
    }
  }

  /** Where it was called off, what came of the answer tells something, and else nothing does. */
  #failed(error: unknown): void {
    const failure = failureOf(error, this.#elapsedMs());
    if (failure !== undefined) this.#done({ failure });
    else if (this.#head !== undefined) this.#done({ left: true });
  }

  #done({ left, failure }: { readonly left?: true; readonly failure?: FailureRecord }): void {
    if (this.#isDone) return;
    this.#isDone = true;
    const { party, scrubber, onDone } = this.#surroundings;
    for (const secret of headerSecrets(this.#request.headers)) scrubber.learnPassing(secret);
    const { rule, request, identifier } = shapeOf(
      this.#request,
      party,
      this.#body.facts(),
      scrubber,
    );
    // First, since it may learn what is to be hidden in the headers.
    const pieces = keptPieces(this.#pieces, rule, scrubber);
    const answer =
      this.#head === undefined
        ? undefined
        : {
            status: this.#head.response.status,
            ms: this.#head.ms,
            headers: this.#headers(this.#head.response),
            pieces,
            ...(left === undefined ? {} : { left }),
          };
    onDone({
      request: { ...request, sent_ms: this.#startMs },
      ...(identifier === undefined ? {} : { identifier }),
      ...(answer === undefined ? {} : { answer }),
      ...(failure === undefined ? {} : { failure }),
    });
  }

  #headers({ headers }: HttpResponse): Record<string, string> {
    const { party, scrubber } = this.#surroundings;
    const kept = [...ANSWER_HEADERS, ...party.rules.answerHeaders];
    return Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => kept.includes(name))
        .map(([name, value]) => [name, scrubber.text(value)]),
    );
  }

  #elapsedMs(): number {
    return Math.round(this.#surroundings.nowMs() - this.#startMs);
  }
}
