/** A job that goes back to the queue, for another worker: this one ends. */

/** The reason of an abort. No failure of the job: nothing of it is written down. */
export class HandedBackError extends Error {
  constructor() {
    super("the job goes back to the queue");
  }
}

/** Whether something failed for that reason, also where it was named after a part of a recording. */
export function isHandedBack(thrown: unknown): boolean {
  if (thrown instanceof HandedBackError) return true;
  return thrown instanceof Error && isHandedBack(causeOf(thrown));
}

function causeOf(error: Error): unknown {
  return error.cause;
}

/** What is aborted for that reason once a worker is to end. */
export function handingBack(stopping: AbortSignal): AbortSignal {
  const refusing = new AbortController();
  const refuse = () => refusing.abort(new HandedBackError());
  if (stopping.aborted) refuse();
  else stopping.addEventListener("abort", refuse, { once: true });
  return refusing.signal;
}
