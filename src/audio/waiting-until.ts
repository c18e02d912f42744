/**
 * The items of a source; a wait for the next one ends with the signal, though the source may go on
 * waiting: a generator can't be told to stop before it wakes.
 *
 * @throws the signal's reason when aborted. The source is told to end, and not waited for.
 */
export async function* waitingUntil<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let giveUp = (): void => {};
  const stop = (): void => giveUp();
  signal?.addEventListener("abort", stop, { once: true });
  let isAtWork = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      isAtWork = true;
      const next = await new Promise<IteratorResult<Item>>((resolve, reject) => {
        giveUp = () => reject(signal?.reason);
        iterator.next().then(resolve, reject);
      });
      if (next.done) return;
      isAtWork = false;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    if (!isAtWork) await iterator.return?.();
    else if (signal?.aborted) iterator.return?.().catch(() => {});
  }
}
