/** How the limits of accounts stand that several machines share. */
import type { Redis } from "ioredis";
import { KEY_PREFIX } from "./model.ts";

export interface LimitStanding {
  /** "VENDOR/ACCOUNT/LIMIT". */
  readonly name: string;
  /** Requests at the vendor, or about to be. */
  readonly atVendor: number;
  /** The most at once, as the vendor takes them now. */
  readonly atOnce: number;
  /** The most at once by the settings. */
  readonly limit: number;
  /** Starts in any second; undefined: any number. */
  readonly perSecond?: number;
}

/** Those that were used within a day, by name. */
export async function limitStandings(redis: Redis): Promise<readonly LimitStanding[]> {
  const names: string[] = [];
  const found = redis.scanStream({ match: `${KEY_PREFIX}:limits:{*}:state`, count: 1000 });
  for await (const keys of found) {
    for (const key of keys as string[]) names.push(/\{(.*)\}:state$/.exec(key)?.[1] ?? "");
  }
  const distinct = [...new Set(names)].filter((name) => name !== "").sort();
  return Promise.all(distinct.map((name) => standingOf(name, redis)));
}

async function standingOf(name: string, redis: Redis): Promise<LimitStanding> {
  const base = `${KEY_PREFIX}:limits:{${name}}`;
  const [[limit, most, perSecond], atVendor] = await Promise.all([
    redis.hmget(`${base}:state`, "limit", "most", "perSecond"),
    redis.hlen(`${base}:places`),
  ]);
  const asked = Number(limit ?? 0);
  return {
    name,
    atVendor,
    atOnce: Math.min(asked, Number(most ?? asked)),
    limit: asked,
    ...(Number(perSecond ?? 0) === 0 ? {} : { perSecond: Number(perSecond) }),
  };
}
