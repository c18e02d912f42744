import { expect, it } from "vitest";
import {
  serverFacts,
  serverProblem,
  serverWarning,
} from "../../../src/queue/redis/server-check.ts";

const check = (...lines: string[]) => {
  const facts = serverFacts(["# Server", ...lines, ""].join("\r\n"));
  return [serverProblem(facts, "cache:1")?.message, serverWarning(facts, "cache:1")];
};

it("takes Redis 6.2 and later, Valkey, and who does not say", () => {
  const fine = [undefined, undefined];
  expect(check("redis_version:6.2.0", "maxmemory_policy:noeviction")).toEqual(fine);
  expect(check("redis_version:10.0.1")).toEqual(fine);
  expect(check("redis_version:7.2.4", "server_name:valkey", "valkey_version:8.0.1")).toEqual(fine);
  expect(check()).toEqual(fine);
});

it("refuses older ones and clusters", () => {
  expect(check("redis_version:6.0.16")[0]).toBe("the queue at cache:1 is Redis 6.0.16");
  expect(check("redis_version:5.9.1")[0]).toContain("5.9.1");
  expect(check("redis_version:7.0.0", "cluster_enabled:1")[0]).toContain("is a cluster");
});

it("warns of a memory policy that throws keys away", () => {
  expect(check("redis_version:7.0.0", "maxmemory_policy:volatile-lru")[1]).toContain(
    "volatile-lru",
  );
});
