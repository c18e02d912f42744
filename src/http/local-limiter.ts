/** The limiter of one process. */

import { AccountQueue } from "./account-queue.ts";
import type { Clock } from "./clock.ts";
import type { Limiter } from "./limiter.ts";

export function createLimiter(clock: Clock): Limiter {
  const queues = new Map<string, AccountQueue>();
  return {
    enter(account, options) {
      let queue = queues.get(account.key);
      if (queue === undefined) {
        queue = new AccountQueue(clock);
        queues.set(account.key, queue);
      }
      return queue.enter(account, options);
    },
  };
}

/** Limits nobody: a recording is asked as fast as it can be read. */
export const openLimiter: Limiter = {
  async enter(_, { signal }) {
    signal.throwIfAborted();
    return { slowDown: () => {}, leave: () => {} };
  },
};
