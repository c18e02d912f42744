import { describe, expect, it } from "vitest";
import { checkAddress, checkHeaders, isLoopback, refuseRedirect } from "../../src/http/guard.ts";

const check =
  (address: string, origin = new URL(address).origin) =>
  () =>
    checkAddress(new URL(address), origin);

describe("checkAddress", () => {
  it.each([
    "https://asr.cloud.tencent.com/asr/flash/v1/1?secretid=x",
    "https://10.0.0.1:8443/",
    "http://localhost:8080/",
    "http://127.0.0.1/",
    "http://127.1.2.3:9/",
    "http://[::1]:9/",
  ])("lets %s through", (address) => {
    expect(check(address)).not.toThrow();
  });

  it.each([
    "http://asr.cloud.tencent.com/",
    "http://10.0.0.1/",
    "http://0.0.0.0/",
    "http://localhost.example.com/",
    "http://127.0.0.1.example.com/",
  ])("refuses %s: plain http beyond this machine", (address) => {
    expect(check(address)).toThrow(/over plain http/);
  });

  it("refuses a password in the address without repeating it", () => {
    const attempt = check("https://me:hunter2@example.com/");
    expect(attempt).toThrow(expect.objectContaining({ kind: "usage" }));
    expect(attempt).not.toThrow(/hunter2/);
  });

  it("refuses other schemes", () => {
    expect(check("ftp://example.com/", "ftp://example.com")).toThrow(/ftp:/);
  });

  it("refuses a request for another origin than the configured one, as a fault of ours", () => {
    const attempt = check("https://elsewhere.example/", "https://api.stepfun.com");
    expect(attempt).toThrow(expect.objectContaining({ kind: "internal" }));
  });
});

describe("checkHeaders", () => {
  it.each(["key\n", "k\u0000ey", "k\u2028ey", "密钥"])(
    "refuses %j without repeating it",
    (value) => {
      const attempt = () => checkHeaders({ Accept: "*/*", Authorization: `Bearer ${value}` });
      expect(attempt).toThrow(
        expect.objectContaining({
          kind: "usage",
          message: "the header Authorization can't be sent",
        }),
      );
    },
  );

  it("lets through what HTTP allows", () => {
    expect(() => checkHeaders({ Authorization: "Bearer a.b-c_d/+=\t~ÿ" })).not.toThrow();
  });
});

describe("isLoopback", () => {
  it.each([
    ["localhost", true],
    ["LOCALHOST.", true],
    ["127.255.0.1", true],
    ["[::1]", true],
    ["[::ffff:7f00:1]", true],
    ["128.0.0.1", false],
    ["[::2]", false],
    ["local", false],
  ])("%s: %s", (hostname, expected) => {
    expect(isLoopback(hostname)).toBe(expected);
  });
});

describe("refuseRedirect", () => {
  const answer = (status: number, headers: Record<string, string>) => () =>
    refuseRedirect(
      { host: "a.example", status, headers, pieces: async function* () {} },
      new URL("https://a.example/asr?secretid=AKID"),
    );

  it("names the origin asked for and no more of it", () => {
    const attempt = answer(302, { location: "https://b.example:8443/in?token=t" });
    expect(attempt).toThrow(
      expect.objectContaining({
        kind: "usage",
        message: "a.example redirects to https://b.example:8443 (HTTP 302)",
      }),
    );
  });

  it("understands relative places and missing ones", () => {
    expect(answer(307, { location: "/other" })).toThrow(/another path of the same address/);
    expect(answer(304, {})).toThrow(/without saying where/);
    expect(answer(301, { location: "http://[" })).toThrow(/without saying where/);
  });

  it.each([200, 299, 400, 503])("leaves %i to the reader", (status) => {
    expect(answer(status, { location: "https://b.example" })).not.toThrow();
  });
});
