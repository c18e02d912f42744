/**
 * How many requests of one vendor account run at once and begin in a second. An interface, since
 * several machines may share an account.
 */
export interface Account {
  /** Tells accounts and their separate limits apart, e.g. "tencent-flash/1250000000". No secret. */
  readonly key: string;
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
   * `retryAfterMs` is over. Several of one burst count once.
   */
  slowDown(retryAfterMs?: number): void;
  /** Gives the place to the next one. More than once does no harm. */
  leave(): void;
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
}

export interface Limiter {
  /**
   * Waits for a place, in order of arrival.
   *
   * @throws the signal's reason when aborted, whereupon the wait is given up.
   */
  enter(account: Account, options: EnterOptions): Promise<Place>;
}
