/** Answers requests from a recording. There is no network behind it. */
import type { AsrError } from "../../errors.ts";
import { abortable } from "../abortable.ts";
import type { HttpRequest, HttpResponse, SendOptions, Transport } from "../transport.ts";
import { playedPieces } from "./answer-pieces.ts";
import { readThrough, watchedBody } from "./body-outline.ts";
import { thrownFor } from "./failure-record.ts";
import { damaged } from "./files.ts";
import { missError } from "./miss.ts";
import type { ReplayClock } from "./replay-clock.ts";
import { bodyKey, headKey } from "./request-key.ts";
import { shapeOf } from "./request-shape.ts";
import type { Party } from "./rules.ts";
import { Scrubber } from "./scrub.ts";
import { Asker, type Entry, Sequences } from "./sequences.ts";

export interface Tape {
  /** In the order of the recording; of one provider. */
  readonly entries: readonly Entry[];
  readonly clock: ReplayClock;
  readonly onMiss: (error: AsrError) => void;
}

/** What can be asked any number of times. */
interface Steady {
  readonly entries: Entry[];
  nextIndex: number;
}

export class Player implements Transport {
  readonly #party: Party;
  readonly #tape: Tape;
  readonly #scrubber: Scrubber;
  readonly #sequences = new Sequences();
  readonly #steady = new Map<string, Steady>();
  readonly #askers = new Map<string, Asker>();
  readonly #calls = new WeakMap<object, Asker>();

  constructor(party: Party, tape: Tape, steady: (entry: Entry) => boolean) {
    this.#party = party;
    this.#tape = tape;
    this.#scrubber = new Scrubber(Object.values(party.credentials));
    for (const entry of tape.entries) {
      if (steady(entry)) this.#addSteady(entry);
      else this.#sequences.add(sequenceName(entry), entry);
    }
  }

  async send(request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
    const { signal } = options;
    signal.throwIfAborted();
    const head = shapeOf(request, this.#party, undefined, this.#scrubber);
    const key = headKey(head.request, head.rule);
    // Of a body's identifier nothing is known before it is read: then the call says what belongs
    // together, as the tries of a request do.
    const call = options.call ?? {};
    const early = this.#askerOf(head.identifier, call);
    const broken = head.rule.answersAgain === true ? undefined : this.#sequences.broken(early, key);
    if (broken !== undefined) return this.#fail(broken, request, options);
    const watched = watchedBody(request);
    options.onConnected();
    if (watched.body !== undefined) await readThrough(watched.body, signal);
    options.onSent();
    const asked = shapeOf(request, this.#party, watched.facts(), this.#scrubber);
    const whole = wholeKey(key, bodyKey(asked.request, asked.rule));
    const asker = this.#askerOf(asked.identifier, call);
    const entry =
      asked.rule.answersAgain === true
        ? this.#nextSteady(whole)
        : this.#sequences.whole(asker, whole);
    if (entry === undefined) {
      const { entries } = this.#tape;
      const error = missError(this.#party.provider, asked, entries, this.#sequences.unused);
      this.#tape.onMiss(error);
      throw error;
    }
    return this.#answer(entry, asked.identifier, request, options);
  }

  async close(): Promise<void> {}

  /** What was recorded and nobody has asked for. */
  get unused(): readonly Entry[] {
    return this.#sequences.unused;
  }

  #askerOf(identifier: string | undefined, call: object): Asker {
    const ofCall = this.#calls.get(call);
    const known = identifier === undefined ? undefined : this.#askers.get(identifier);
    const asker = known ?? ofCall ?? new Asker();
    // Before its identifier was known it may have been taken for another.
    if (ofCall !== undefined && ofCall !== asker) ofCall.leave();
    this.#calls.set(call, asker);
    if (identifier !== undefined) this.#askers.set(identifier, asker);
    return asker;
  }

  async #fail(entry: Entry, request: HttpRequest, options: SendOptions): Promise<never> {
    const { failure, request: recorded } = entry.record;
    await this.#until(recorded.sent_ms, failure?.ms ?? 0, options.signal);
    if (failure?.kind !== "connect" && failure?.phase !== "connect") {
      options.onConnected();
      await readPart(request, recorded.body?.sent_bytes ?? 0, options.signal);
    }
    throw failureIn(entry, request.url.host);
  }

  async #answer(
    entry: Entry,
    identifier: string | undefined,
    { url }: HttpRequest,
    { signal }: SendOptions,
  ): Promise<HttpResponse> {
    const { answer, failure, identifier: recorded, request } = entry.record;
    const sentMs = request.sent_ms;
    const startedMs = performance.now();
    const until = (ms: number) => this.#until(sentMs, ms, signal, startedMs);
    if (answer === undefined) {
      await until(failure?.ms ?? 0);
      throw failureIn(entry, url.host);
    }
    const { status, headers, ms } = answer;
    await until(ms);
    const pieces = playedPieces(answer, recorded, identifier);
    return {
      host: url.host,
      status,
      headers,
      async *pieces() {
        for (const piece of pieces) {
          await until(piece.ms);
          yield piece.bytes;
        }
        if (failure === undefined) return;
        await until(failure.ms);
        throw thrownFor(failure, url.host, status);
      },
    };
  }

  /** Waits until so much has passed since the request was sent, where time is to pass. */
  async #until(
    sentMs: number,
    ms: number,
    signal: AbortSignal,
    startedMs = performance.now(),
  ): Promise<void> {
    const { clock } = this.#tape;
    const leftMs = Math.max(0, ms - (performance.now() - startedMs));
    await abortable(clock.pause(leftMs, signal), signal);
    clock.reach(sentMs + ms);
  }

  #addSteady(entry: Entry): void {
    // What failed before it was sent is asked again, and answered then.
    if (entry.key === undefined) return;
    const steady = this.#steady.get(entry.key) ?? { entries: [], nextIndex: 0 };
    steady.entries.push(entry);
    this.#steady.set(entry.key, steady);
  }

  #nextSteady(key: string): Entry | undefined {
    const steady = this.#steady.get(key);
    if (steady === undefined) return undefined;
    const index = Math.min(steady.nextIndex, steady.entries.length - 1);
    steady.nextIndex = index + 1;
    return steady.entries[index];
  }
}

/** Of all of a request. @param body as `bodyKey` gives it; undefined: of none */
export function wholeKey(head: string, body = ""): string {
  return `${head} ${body}`;
}

/** @throws AsrError kind "usage" for an answer to what was never sent whole */
function failureIn({ file, record: { failure } }: Entry, host: string): unknown {
  if (failure === undefined) throw damaged(file, "it answers what was not sent whole");
  return thrownFor(failure, host);
}

function sequenceName({ record }: Entry): string {
  const { identifier, call } = record;
  return identifier === undefined ? `call ${call}` : `identifier ${identifier}`;
}

async function readPart(
  { body }: HttpRequest,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<void> {
  if (body === undefined) return;
  let readBytes = 0;
  for await (const piece of body.open(signal)) {
    readBytes += piece.byteLength;
    if (readBytes >= sizeBytes) return;
  }
}
