/** The tenant access token of one app: fetched once, shared, renewed before it wears out. */
import type { Clock } from "../contract.ts";
import type { IssuedToken } from "./answers.ts";
import { SharedCall } from "./shared-call.ts";

/** As the vendor's SDK does. Below 30 minutes of life a call returns a new token. */
const EARLY_MS = 3 * 60 * 1000;

export type FetchToken = (signal: AbortSignal) => Promise<IssuedToken>;

interface Held {
  readonly token: string;
  readonly renewAtMs: number;
}

export class TokenStore {
  readonly #clock: Pick<Clock, "now">;
  #held: Held | undefined;
  #call: SharedCall<Held> | undefined;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /**
   * The token in force. Callers at the same time share one call, the first one's `fetch`.
   *
   * @throws what `fetch` throws, or the signal's reason.
   */
  async get(fetch: FetchToken, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const held = this.#held;
    if (held !== undefined && this.#clock.now() < held.renewAtMs) return held.token;
    if (this.#call?.open !== true) this.#call = new SharedCall((over) => this.#renew(fetch, over));
    return (await this.#call.wait(signal)).token;
  }

  /** Forgets a token that the vendor refuses; one that came later stays. */
  drop(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  async #renew(fetch: FetchToken, signal: AbortSignal): Promise<Held> {
    // Counted from before the call: the vendor's count may have begun with its first byte.
    const askedMs = this.#clock.now();
    const { token, lifeMs } = await fetch(signal);
    // A token that lives shorter than the margin would be fetched for every single request.
    const held = { token, renewAtMs: askedMs + lifeMs - Math.min(EARLY_MS, lifeMs / 2) };
    this.#held = held;
    return held;
  }
}
