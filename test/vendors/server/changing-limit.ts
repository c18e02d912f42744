/** A vendor's limit that may be another for each request: accounts are shared, and reconfigured. */
export type ChangingLimit = number | (() => number);

/** As it is for the request that has just come. */
export function limitNow(limit: ChangingLimit): number {
  return typeof limit === "function" ? limit() : limit;
}
