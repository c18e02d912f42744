/** Whether a server can carry the queue, by what it says of itself (`INFO`). */
import { type AsrError, usageError } from "../../errors.ts";

/** BullMQ's least: it needs `LMOVE` and `ZRANGE … BYSCORE`. */
const LEAST: readonly [number, number] = [6, 2];

export interface ServerFacts {
  /** Of the Redis that it is, or that a Valkey stands in for. */
  readonly version?: string;
  readonly maxmemoryPolicy?: string;
  /** True for a node of a cluster, where the keys of a queue may lie apart. */
  readonly cluster: boolean;
}

/** @param info the answer of `INFO`: `name:value` lines */
export function serverFacts(info: string): ServerFacts {
  const facts = new Map(
    info.split(/\r?\n/).map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, Math.max(0, colon)), line.slice(colon + 1)];
    }),
  );
  const version = facts.get("redis_version");
  const maxmemoryPolicy = facts.get("maxmemory_policy");
  return {
    cluster: facts.get("cluster_enabled") === "1",
    ...(version === undefined ? {} : { version }),
    ...(maxmemoryPolicy === undefined ? {} : { maxmemoryPolicy }),
  };
}

/** The reason why the server can't be used, or undefined. */
export function serverProblem(
  { version, cluster }: ServerFacts,
  host: string,
): AsrError | undefined {
  if (cluster) {
    return usageError(
      `the queue at ${host} is a cluster`,
      "use a single Redis, with a replica if you like: one carries far more than an account allows",
    );
  }
  const [major = 0, minor = 0] = version?.split(".").map(Number) ?? LEAST;
  const [leastMajor, leastMinor] = LEAST;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return usageError(
    `the queue at ${host} is Redis ${version}`,
    `install Redis ${LEAST.join(".")} or later, or Valkey`,
  );
}

/** What the operator should mend though it works, or undefined. */
export function serverWarning({ maxmemoryPolicy }: ServerFacts, host: string): string | undefined {
  if (maxmemoryPolicy === undefined || maxmemoryPolicy === "noeviction") return undefined;
  return (
    `the queue at ${host} may throw jobs away when its memory is full ` +
    `(maxmemory-policy ${maxmemoryPolicy}): set it to noeviction`
  );
}
