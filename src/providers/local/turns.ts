/** One at a time: whoever comes later waits. */

export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for a turn.
   *
   * @returns what ends it
   * @throws the signal's reason where it is aborted first
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = before.then(() => turn.promise);
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener("abort", abort);
    try {
      await Promise.race([before, aborted.promise]);
      return turn.resolve;
    } catch (reason) {
      turn.resolve();
      throw reason;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }
}
