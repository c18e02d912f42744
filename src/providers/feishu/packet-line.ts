/** The packets of one stream: in order, each answered before the next is sent. */
import { AsrError } from "../../errors.ts";
import type { Place as HeldPlace } from "../../http/limiter.ts";
import { waitAskedMs } from "../../http/retry-after.ts";
import { SLICE_TIMEOUTS } from "../../http/timeouts.ts";
import type { HttpRequest, HttpResponse } from "../../http/transport.ts";
import type { ProviderContext } from "../contract.ts";
import { endpoint, STREAM_PATH } from "./address.ts";
import { type PacketKey, type Recognised, readPacketAnswer } from "./answers.ts";
import { withToken } from "./authorized.ts";
import { afterDelay } from "./delay.ts";
import { type EngineSettings, type Packet, type Place, packetRequest } from "./requests.ts";
import type { Site } from "./site.ts";

/** The user waits: long enough for a vendor that answers, no longer. */
const ABORT_MS = 2_000;

export interface LineParts {
  readonly site: Site;
  readonly context: ProviderContext;
  readonly streamId: string;
  readonly engine: EngineSettings & { readonly middle_action?: number | undefined };
  /** The stream's place among those that may be open at once. */
  readonly held: HeldPlace;
  readonly onPossiblyBilledTwice: () => void;
}

export class PacketLine {
  readonly #parts: LineParts;
  readonly #url: URL;
  #sequence = 0;
  #open = false;
  #requestCount = 0;
  /** The vendor may have taken the packet under way, though no answer says so. */
  #mayHaveArrived = false;
  /** The same, as it was before the last try. */
  #mayHaveArrivedBefore = false;

  constructor(parts: LineParts) {
    this.#parts = parts;
    this.#url = endpoint(parts.site, parts.context.account, STREAM_PATH);
  }

  /** Whether the vendor may hold the stream open. */
  get open(): boolean {
    return this.#open;
  }

  /** How many requests went out, repeats too. */
  get requestCount(): number {
    return this.#requestCount;
  }

  /**
   * Sends the next packet, the same again where it must be repeated.
   *
   * @throws AsrError; the signal's reason.
   */
  async send(place: Place, pcm: Uint8Array, signal: AbortSignal): Promise<Recognised> {
    this.#mayHaveArrived = false;
    try {
      const answer = await this.#send(place, pcm, signal);
      this.#sequence++;
      this.#open = place !== "end";
      return answer;
    } catch (error) {
      this.#settle(error, signal);
      // Whether it failed or was aborted: what the vendor may have had has used up its number.
      if (this.#mayHaveArrived) {
        this.#sequence++;
        this.#open = true;
      }
      throw error;
    }
  }

  /** Tells the vendor to give the stream up (action 3), where it is open. Never throws. */
  async abort(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    const { clock, log } = this.#parts.context;
    const over = new AbortController();
    const cancel = afterDelay(clock, ABORT_MS, () => over.abort(new Error("no answer in time")));
    try {
      await this.#send("abort", new Uint8Array(0), over.signal, { maxRepeats: 0 });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(`the stream could not be given up in an orderly way: ${reason}`);
    } finally {
      cancel();
    }
  }

  #send(
    place: Place,
    pcm: Uint8Array,
    signal: AbortSignal,
    limits: { readonly maxRepeats?: number } = {},
  ): Promise<Recognised> {
    const { site, context, engine, streamId, onPossiblyBilledTwice } = this.#parts;
    const packet: Packet = { streamId, sequence: this.#sequence, place, pcm };
    return withToken(site, context, signal, ({ token, secrets }) =>
      context.http.send({
        origin: this.#url.origin,
        paid: true,
        signal,
        log: context.log,
        secrets,
        timeouts: SLICE_TIMEOUTS,
        ...limits,
        build: (): HttpRequest => {
          this.#mayHaveArrivedBefore = this.#mayHaveArrived;
          return packetRequest(this.#url, token, packet, engine);
        },
        onSent: () => {
          this.#requestCount++;
          this.#mayHaveArrived = true;
        },
        read: async (response) => {
          try {
            return await this.#read(response, packet);
          } catch (error) {
            this.#settle(error, signal);
            throw error;
          }
        },
        onPossiblyBilledTwice,
      }),
    );
  }

  /** A try that failed for certain brought nothing; an abort in the middle of one says nothing. */
  #settle(error: unknown, signal: AbortSignal): void {
    if (signal.aborted && error === signal.reason) return;
    if (!(error instanceof AsrError) || error.details.outcomeUnknown === true) return;
    this.#mayHaveArrived = this.#mayHaveArrivedBefore;
  }

  /** The place is ours and not the client's: so we say when the vendor wants fewer streams. */
  async #read(response: HttpResponse, packet: PacketKey): Promise<Recognised> {
    const { site, context, held } = this.#parts;
    try {
      return await readPacketAnswer(site, response, packet);
    } catch (error) {
      if (error instanceof AsrError && error.kind === "quota" && error.retryable) {
        held.slowDown(waitAskedMs(response.headers, context.clock.now(), true));
      }
      throw error;
    }
  }
}
