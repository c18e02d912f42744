/** What a provider may touch of the world, where it should touch nothing of a network. */
import type { ProviderContext } from "../../src/providers/contract.ts";

export function plainContext(signal: AbortSignal = new AbortController().signal): ProviderContext {
  const noNetwork = (): never => {
    throw new Error("nothing should be sent here");
  };
  return {
    signal,
    clock: { now: Date.now, sleep: async () => {} },
    randomBytes: (count) => new Uint8Array(count),
    log: () => {},
    http: { send: noNetwork, maxRepeats: 3, limiter: { enter: noNetwork }, close: async () => {} },
    account: { credentials: {} },
  };
}
