/** What providers may touch of the world, made from the command's. */
import { setTimeout as delay } from "node:timers/promises";
import type { ProviderContext } from "../providers/contract.ts";
import type { World } from "./world.ts";

export function providerContext(world: World): ProviderContext {
  return {
    signal: world.signal,
    clock: {
      now: world.now,
      sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
    },
    randomBytes: world.randomBytes,
    log: world.console.debug,
  };
}
