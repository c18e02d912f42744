import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRedisUrl, shownAddress } from "../../../src/queue/redis/address.ts";

describe("the address of a queue", () => {
  it.each([
    ["redis://cache", { host: "cache", port: 6379, db: 0, tls: false }],
    ["redis:///5", { host: "127.0.0.1", port: 6379, db: 5, tls: false }],
    ["rediss://cache.example:7000/2", { host: "cache.example", port: 7000, db: 2, tls: true }],
    ["redis://[::1]:7000/", { host: "::1", port: 7000, db: 0, tls: false }],
    [
      "rediss://user:p%40ss@cache",
      { host: "cache", port: 6379, db: 0, tls: true, username: "user", password: "p@ss" },
    ],
  ])("%s is read", (text, address) => {
    expect(parseRedisUrl(text)).toEqual(address);
  });

  it.each([
    "cache:6379",
    "http://u:hidden@cache",
    "redis://u:hidden@cache/name",
    "redis://u:hidden@cache/1?db=2",
    "redis://u:hidden%@cache",
    "redis://u:hidden@cache:port",
  ])("%s is refused, without a word of it", (text) => {
    const thrown = () => parseRedisUrl(text);
    expect(thrown).toThrow(expect.objectContaining({ kind: "usage" }));
    expect(thrown).toThrow(/^(?!.*hidden)/);
  });

  it("gives any password back", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (password) => {
        const url = `redis://:${encodeURIComponent(password)}@cache`;
        expect(parseRedisUrl(url).password).toBe(password);
      }),
    );
  });

  it("is shown without user and password", () => {
    expect(shownAddress(parseRedisUrl("redis://u:p@[::1]:7"))).toBe("[::1]:7");
    expect(shownAddress(parseRedisUrl("redis://u:p@cache"))).toBe("cache:6379");
  });
});
