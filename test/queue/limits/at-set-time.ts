/** The scripts on a Redis of their own, at a time that the test sets (key `now`). */
import { Redis } from "ioredis";
import { onTestFinished } from "vitest";
import { limitCommands } from "../../../src/queue/limits/commands.ts";
import { limitScripts } from "../../../src/queue/limits/scripts.ts";
import { openRedis } from "../redis-server.ts";

export async function atSetTime() {
  const server = await openRedis({ directives: { appendonly: "no" } });
  const connect = (): Redis => {
    const redis = new Redis(server.url);
    onTestFinished(() => redis.disconnect());
    return redis;
  };
  const redis = connect();
  const scripts = limitScripts("local rawMs = tonumber(redis.call('GET', 'now'))");
  return { redis, another: connect, commandsOf: limitCommands(redis, scripts) };
}
