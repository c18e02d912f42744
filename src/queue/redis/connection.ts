/**
 * The connection to the queue's Redis, or a Valkey. A server that is down is waited for, at the
 * start and later; commands given meanwhile are sent when it is back.
 */
import type { Redis, RedisOptions } from "ioredis";
import { abortable } from "../../http/abortable.ts";
import { trustedContext } from "../../http/trust.ts";
import { parseRedisUrl, shownAddress } from "./address.ts";
import { queueCode } from "./failures.ts";
import { serverFacts, serverProblem, serverWarning } from "./server-check.ts";
import { watchServer } from "./watch.ts";

export interface RedisSettings {
  /** `redis://` or `rediss://`, with user and password. */
  readonly url: string;
  /** Contents of `--ca-file`: authorities to trust besides Node's own. */
  readonly caPem?: string;
  /** Gives up the wait for a server that is down. */
  readonly signal: AbortSignal;
  /** A line for stderr: the queue is down, is back, is set up dangerously. */
  readonly tell: (line: string) => void;
}

export interface RedisConnection {
  /** Host and port, for messages. */
  readonly host: string;
  /** For commands, and for BullMQ. */
  readonly client: Redis;
  /** One more connection of the same kind, for a subscription or for commands that block. */
  another(): Redis;
  /** Ends all of them; what is not answered is given up. */
  close(): void;
}

/** Between tries to connect, at most: a lease outlives several of them. */
const LONGEST_WAIT_MS = 1_000;
const CONNECT_MS = 5_000;
/**
 * A connection on which commands are not answered for so long is given up for a new one. BullMQ's
 * commands that block are answered after ten seconds at the latest.
 */
const SILENCE_MS = 20_000;

/**
 * Connects, and looks whether the server will do.
 *
 * @throws AsrError kind "usage" for an address or a server that won't do, "credentials" for a
 *   password that is refused, "network" for a certificate that is not trusted; the signal's reason.
 */
export async function connectRedis(settings: RedisSettings): Promise<RedisConnection> {
  const { url, caPem, signal, tell } = settings;
  const address = parseRedisUrl(url);
  const host = shownAddress(address);
  const secureContext = trustedContext(caPem);
  const options = {
    host: address.host,
    port: address.port,
    db: address.db,
    ...(address.username === undefined ? {} : { username: address.username }),
    ...(address.password === undefined ? {} : { password: address.password }),
    ...(address.tls
      ? {
          tls: {
            // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no say.
            rejectUnauthorized: true,
            ...(secureContext === undefined ? {} : { secureContext }),
          },
        }
      : {}),
    protocol: 2,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // BullMQ's workers need it; and a command waits for the queue however long it is down.
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(times * 50, LONGEST_WAIT_MS),
    // A replica that was promoted elsewhere: connect again, and send the command there.
    reconnectOnError: (error: Error) => (queueCode(error) === "READONLY" ? (2 as const) : false),
    lazyConnect: true,
  } satisfies RedisOptions;
  signal.throwIfAborted();
  // Loaded by those alone who have a queue.
  // Its names are lost where a bundler has made a chunk of it: what it is as a whole is not.
  const { default: ioredis } = await import("ioredis");
  const clients: Redis[] = [];
  const open = (): Redis => {
    const client = new ioredis.Redis(options);
    clients.push(client);
    // Without a listener the client writes them to stderr itself, arguments and all.
    client.on("error", () => {});
    return client;
  };
  const client = open();
  const watch = watchServer(client, { host, tls: address.tls }, tell);
  const close = () => {
    watch.stop();
    for (const each of clients) each.disconnect();
  };
  try {
    start(client);
    await abortable(watch.ready, signal);
    const facts = serverFacts(await abortable(infoOf(client), signal));
    const problem = serverProblem(facts, host);
    if (problem !== undefined) throw problem;
    const warning = serverWarning(facts, host);
    if (warning !== undefined) tell(warning);
  } catch (error) {
    close();
    throw error;
  }
  return { host, client, another: () => start(open()), close };
}

/** What fails here is heard as an error of the client, and tried again. */
function start(client: Redis): Redis {
  client.connect().catch(() => {});
  return client;
}

/** A user who may not ask gets no check. */
async function infoOf(client: Redis): Promise<string> {
  try {
    return await client.info();
  } catch {
    return "";
  }
}
