/** A client for one recording: what it sends shares the account's places with other recordings. */
import type { HttpClient } from "./client.ts";
import type { Limiter } from "./limiter.ts";

/** The same client, with all its requests and streams in one flow of their own. */
export function inFlow(http: HttpClient, name: string): HttpClient {
  const flow = Symbol(name);
  const { base = http, maxRepeats } = http;
  const limiter: Limiter = {
    enter: (account, options) => http.limiter.enter(account, { ...options, flow }),
  };
  return {
    base,
    maxRepeats,
    limiter,
    send: (call) => http.send({ ...call, flow }),
    close: () => http.close(),
  };
}
