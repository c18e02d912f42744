/** Places at vendors, until the worker is told to end: what is there by then goes on. */
import type { Limiter } from "../../http/limiter.ts";

/** @param stopping aborted with what whoever waits for a place, or asks for one, is thrown */
export function stoppingLimiter(limiter: Limiter, stopping: AbortSignal): Limiter {
  return {
    enter: (account, options) =>
      limiter.enter(account, {
        ...options,
        signal: AbortSignal.any([options.signal, stopping]),
      }),
  };
}
