/** Where the queue is: `redis://user:password@host:port/db`, or `rediss://` for TLS. */
import { usageError } from "../../errors.ts";

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
}

const HINT =
  'write it as "redis://host:6379" or "rediss://host:6379/0", special characters of a password as %40';

/**
 * Reads the URL of a queue. Host, port and database have Redis' defaults (127.0.0.1, 6379, 0).
 *
 * @throws AsrError kind "usage", which shows nothing of the URL: a password may stand in it.
 */
export function parseRedisUrl(text: string): RedisAddress {
  const url = URL.parse(text);
  if (url === null) throw usageError("the queue's address is no URL", HINT);
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") {
    throw usageError("the queue's address begins with neither redis:// nor rediss://", HINT);
  }
  if (url.search !== "" || url.hash !== "") {
    throw usageError("the queue's address has a part behind ? or #", HINT);
  }
  const db = /^\/?(\d{0,5})$/.exec(url.pathname)?.[1];
  if (db === undefined) throw usageError("the queue's address names no database by number", HINT);
  const username = decoded(url.username);
  const password = decoded(url.password);
  return {
    host: url.hostname === "" ? "127.0.0.1" : url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? 6379 : Number(url.port),
    db: Number(db),
    tls: url.protocol === "rediss:",
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
  };
}

/** The queue as messages name it: host and port, and nothing else. */
export function shownAddress({ host, port }: Pick<RedisAddress, "host" | "port">): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw usageError("the queue's address has a % that stands for no character", HINT);
  }
}
