/**
 * How many requests of one vendor account run at once and begin in a second. An interface, since
 * several machines may share an account.
 */
import type { Flow } from "./fair-line.ts";

export interface Account {
  /** Tells accounts and their separate limits apart, e.g. "tencent-flash/1250000000". No secret. */
  readonly key: string;
  /** Which limit of the account it is, e.g. "tencent-flash/large": says nothing of the account. */
  readonly limit: string;
  readonly maxConcurrency: number;
  readonly maxStartsPerSecond?: number;
}

/** The right to have one request, or one stream, at the vendor. */
export interface Place {
  /**
   * The request goes out now. Where it was entered with `startsLater` it counts from here on; a
   * start that was counted already is not counted twice.
   */
  started?(): void;
  /**
   * The vendor said "too many": for a while fewer may run and begin, and none begins before
   * `retryAfterMs` is over.
   */
  slowDown(retryAfterMs?: number): void;
  /** Until `refusal` is known, where that is asked of others. Undefined: it is. Never rejects. */
  readonly told?: Promise<void> | undefined;
  /** How the account stands with that; undefined before `slowDown`, or where nobody counts. */
  readonly refusal?: Refusal | undefined;
  /** Gives the place to the next one. More than once does no harm. */
  leave(): void;
}

/** How an account stands of which the vendor said "too many". */
export interface Refusal {
  /** So long it has taken nothing at all, in milliseconds; 0 while others of the account are there. */
  readonly forMs: number;
  /** It takes others of this account, or did before: this request's turn will come. */
  readonly isPassing: boolean;
}

export interface EnterOptions {
  readonly signal: AbortSignal;
  /** A repeat: goes before those who have not been sent yet. */
  readonly again?: boolean;
  /**
   * `started` will be called, after a while perhaps (a connection has to be made): until then, or
   * until it leaves, it counts as a start that can come at any moment.
   */
  readonly startsLater?: boolean;
  /** What it belongs to: flows share the account's places. Default: a flow of its own. */
  readonly flow?: Flow;
}

export interface Limiter {
  /**
   * Waits for a place: the flow with the fewest has the next one, in order of arrival.
   *
   * @throws the signal's reason when aborted, whereupon the wait is given up.
   */
  enter(account: Account, options: EnterOptions): Promise<Place>;
}
