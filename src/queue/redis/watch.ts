/** Whether the queue's server is there: one line when it goes, one when it comes back. */
import type { Redis } from "ioredis";
import type { AsrError } from "../../errors.ts";
import { downReason, fatalError } from "./failures.ts";

export interface ServerWatch {
  /**
   * It takes commands for the first time.
   *
   * @throws AsrError for what waiting does not mend. Later on that is waited for too: whoever
   *   changes a password has the time to change it back.
   */
  readonly ready: Promise<void>;
  /** What goes now was told to. */
  stop(): void;
}

export function watchServer(
  client: Redis,
  { host, tls }: { readonly host: string; readonly tls: boolean },
  tell: (line: string) => void,
): ServerWatch {
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  let isDown = false;
  let isKnown = false;
  let isOver = false;
  let lastError: unknown;
  client.on("error", (error: unknown) => {
    lastError = error;
    const fatal: AsrError | undefined = fatalError(error, host);
    if (fatal !== undefined) reject(fatal);
  });
  client.on("close", () => {
    const error = lastError;
    // Whoever ends it for this error has not heard of it yet.
    setImmediate(() => {
      if (isDown || isOver || client.status === "ready") return;
      isDown = true;
      const reason = downReason(error, tls, isKnown);
      tell(`the queue at ${host} is down (${reason}): waiting until it is back`);
    });
  });
  client.on("ready", () => {
    lastError = undefined;
    isKnown = true;
    resolve();
    if (!isDown) return;
    isDown = false;
    tell(`the queue at ${host} is back`);
  });
  // Nobody may be waiting for it any more when it fails.
  ready.catch(() => {});
  return {
    ready,
    stop() {
      isOver = true;
    },
  };
}
