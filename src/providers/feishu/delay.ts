/** Things that happen after a while unless something comes in between. */
import type { Clock } from "../contract.ts";

/** Runs `action` once `ms` have passed; the function it returns prevents that. */
export function afterDelay(clock: Clock, ms: number, action: () => void): () => void {
  const cancel = new AbortController();
  clock.sleep(ms, cancel.signal).then(
    () => {
      if (!cancel.signal.aborted) action();
    },
    () => {},
  );
  return () => cancel.abort();
}

export interface Lingering {
  readonly signal: AbortSignal;
  /** Leaves no timer and no listener. */
  end(): void;
}

/** A signal that follows another one `graceMs` later: what is under way may come to its end. */
export function lingering(signal: AbortSignal, clock: Clock, graceMs: number): Lingering {
  const late = new AbortController();
  let cancel = () => {};
  const follow = () => {
    cancel = afterDelay(clock, graceMs, () => late.abort(signal.reason));
  };
  if (signal.aborted) follow();
  else signal.addEventListener("abort", follow, { once: true });
  return {
    signal: late.signal,
    end() {
      signal.removeEventListener("abort", follow);
      cancel();
    },
  };
}
