/** The Redis that pages call `queue.example`: on 6379 as it is, on 6380 with TLS and their users. */
import { Redis } from "ioredis";
import { closedOrigin } from "../http/loopback.ts";
import { openRedis } from "../queue/redis-server.ts";
import { hasTool } from "../tools.ts";
import { commandText, type Page } from "./pages.ts";

export interface Queue {
  /** Hosts and ports by what pages call them. */
  readonly places: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const NONE: Queue = { places: {}, environment: {}, close: async () => {} };

/** A page that starts `redis-server` itself gets a free port for it. */
export async function openQueue(page: Page): Promise<Queue> {
  const commands = commandText(page);
  if (!/\bqueue\.example\b/.test(commands) || !hasTool("redis-server")) return NONE;
  const port = new URL(await closedOrigin()).port;
  const places = { "queue.example:6379": `127.0.0.1:${port}` };
  if (/^redis-server /m.test(commands)) {
    return { ...NONE, places, environment: { QUEUE_PORT: port } };
  }
  const ends: (() => Promise<void>)[] = [];
  const redis = await openRedis({
    tls: true,
    directives: { port },
    atEnd: (end) => ends.push(end),
  });
  await addUsers(page, places["queue.example:6379"]);
  return {
    places: { ...places, "queue.example:6380": `127.0.0.1:${redis.port}` },
    // As if an authority that every machine knows had signed it.
    environment: { NODE_EXTRA_CA_CERTS: redis.caFile ?? "" },
    close: async () => void (await Promise.all(ends.map((end) => end()))),
  };
}

/** Those of the settings that a page shows. */
async function addUsers({ text }: Page, address: string): Promise<void> {
  const admin = new Redis(`redis://${address}`);
  for (const [, name = "", rules = ""] of text.matchAll(/^user (\w+) (on .*)$/gm)) {
    await admin.call("ACL", "SETUSER", name, ...rules.split(" "));
  }
  admin.disconnect();
}
