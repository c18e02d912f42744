/** All that stands in a Redis, as text to be searched. */
import { inflateSync } from "node:zlib";
import type { Redis } from "ioredis";

/** Every key with its value, whatever its type; what is compressed is unpacked as well. */
export async function everyValue(redis: Redis): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const key of await redis.keys("*")) {
    const parts = await partsOf(key, redis);
    values.set(key, [key, ...parts.flatMap(textsOf)].join("\n"));
  }
  return values;
}

async function partsOf(key: string, redis: Redis): Promise<readonly Buffer[]> {
  const type = await redis.type(key);
  if (type === "string") return [(await redis.getBuffer(key)) ?? Buffer.alloc(0)];
  if (type === "hash") {
    const fields = await redis.hgetallBuffer(key);
    return Object.entries(fields).flatMap(([name, value]) => [Buffer.from(name), value]);
  }
  if (type === "list") return redis.lrangeBuffer(key, 0, -1);
  if (type === "set") return redis.smembersBuffer(key);
  if (type === "zset") return redis.zrangeBuffer(key, "0", "-1");
  if (type === "stream") {
    const entries = await redis.xrangeBuffer(key, "-", "+");
    return entries.flatMap(([id, fields]) => [id, ...fields]);
  }
  if (type === "none") return [];
  throw new Error(`${key} is a ${type}: teach this file to read it`);
}

function textsOf(bytes: Buffer): string[] {
  try {
    return [bytes.toString("latin1"), inflateSync(bytes).toString()];
  } catch {
    return [bytes.toString("latin1")];
  }
}
