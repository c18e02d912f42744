import { Redis } from "ioredis";
import { expect, onTestFinished } from "vitest";
import { itWith } from "../tools.ts";
import { openRedis } from "./redis-server.ts";

itWith("redis-server", "keeps what it was told over a kill, and over a stop", async () => {
  const server = await openRedis();
  const redis = new Redis(server.url);
  redis.on("error", () => {});
  onTestFinished(() => redis.disconnect());
  await redis.set("name", "value");
  await server.kill();
  await server.start();
  expect(await redis.get("name")).toBe("value");
  await server.stop();
  await server.start();
  expect(await redis.get("name")).toBe("value");
});

itWith("redis-server", "takes a password and TLS", async () => {
  const server = await openRedis({ password: "pass-of-the-test", tls: true });
  const redis = new Redis(server.secretUrl, { tls: { rejectUnauthorized: false } });
  onTestFinished(() => redis.disconnect());
  expect(await redis.ping()).toBe("PONG");
});
