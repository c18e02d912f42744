/** Live input that is told to end. */

export interface Ending {
  /** Aborted where the input is to end. */
  readonly ending: AbortSignal;
  /**
   * How long is read on for what lies in the pipe already, in milliseconds: the end of the last
   * word. A recorder that dies of the same Ctrl-C ends it earlier.
   */
  readonly graceMs: number;
  /** Rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Stops everything: the pass throws its reason. */
  readonly signal: AbortSignal;
}

export interface EndableInput {
  /** Read once. Leaving the loop ends a wait for data as well. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /**
   * Aborted once the input is told to end and what was there has been handed out; where it has
   * ended by itself, as soon as it is told to.
   */
  readonly ended: AbortSignal;
  /** The job is over: ends a wait for data, and listens to `ending` no more. */
  close(): void;
}

/**
 * The chunks of an input up to its end, or up to shortly after it was told to end. That is an end
 * like any other: nothing is thrown.
 *
 * @param open its signal ends a wait for data; the pass then throws.
 */
export function untilEnding(
  open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  { ending, graceMs, sleep, signal }: Ending,
): EndableInput {
  const stop = new AbortController();
  const ended = new AbortController();
  const finish = (): void => {
    if (ending.aborted) ended.abort(ending.reason);
    stop.abort(new DOMException("the input was told to end", "AbortError"));
  };
  const close = (): void => {
    ending.removeEventListener("abort", endSoon);
    finish();
  };
  function endSoon(): void {
    if (graceMs === 0 || stop.signal.aborted) finish();
    else sleep(graceMs, stop.signal).then(finish, () => {});
  }
  if (ending.aborted) endSoon();
  else ending.addEventListener("abort", endSoon, { once: true });

  async function* pass(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of open(AbortSignal.any([signal, stop.signal]))) {
        if (stop.signal.aborted) return;
        yield chunk;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!stop.signal.aborted) throw error;
    } finally {
      finish();
    }
  }

  const chunks: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]() {
      const generator = pass();
      return {
        next: () => generator.next(),
        return: () => {
          // A generator that waits for data would hear of it only when some comes.
          finish();
          return generator.return(undefined);
        },
      };
    },
  };
  return { chunks, ended: ended.signal, close };
}
