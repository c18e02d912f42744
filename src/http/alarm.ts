/** One timer at most, that is set anew as often as its time changes. */
import { type Clock, monotonicMs } from "./clock.ts";

export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #set: { readonly ringsMs: number; readonly cancel: AbortController } | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** When it rings; infinite where it does not. */
  get ringsMs(): number {
    return this.#set?.ringsMs ?? Number.POSITIVE_INFINITY;
  }

  /** @param ringsMs by the clock's monotonic time; infinite: not at all */
  set(ringsMs: number): void {
    if (this.ringsMs === ringsMs) return;
    this.#set?.cancel.abort();
    this.#set = undefined;
    if (ringsMs === Number.POSITIVE_INFINITY) return;
    const cancel = new AbortController();
    this.#set = { ringsMs, cancel };
    const waitMs = Math.ceil(ringsMs - monotonicMs(this.#clock));
    this.#clock.sleep(waitMs, cancel.signal).then(
      () => {
        if (cancel.signal.aborted) return;
        this.#set = undefined;
        this.#ring();
      },
      () => {},
    );
  }
}
