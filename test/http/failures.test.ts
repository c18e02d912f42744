import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { ConnectFailure, ProxyFailure } from "../../src/http/connect-failure.ts";
import { asNetworkError, type Phase } from "../../src/http/failures.ts";

const coded = (code: string) => Object.assign(new Error("words"), { code });
const whileIn = (phase: Phase, status?: number) => ({
  host: "asr.example",
  phase,
  ...(status === undefined ? {} : { status }),
});

describe("asNetworkError", () => {
  it.each([
    ["ECONNREFUSED", /refused/, true],
    ["ENOTFOUND", /no such host/, false],
    ["EAI_AGAIN", /looked up/, true],
    ["EHOSTUNREACH", /unreachable/, true],
    ["CERT_HAS_EXPIRED", /expired/, false],
    ["SELF_SIGNED_CERT_IN_CHAIN", /not trusted/, false],
    ["ERR_SSL_WRONG_VERSION_NUMBER", /ERR_SSL_WRONG_VERSION_NUMBER/, false],
    ["EMFILE", /EMFILE/, false],
  ])("of a connection that failed with %s", (code, reason, retryable) => {
    const error = asNetworkError(new ConnectFailure(coded(code)), whileIn("connect"));
    expect(error).toMatchObject({
      kind: "network",
      message: "can't connect to asr.example",
      details: { reason: expect.stringMatching(reason), retryable, hint: expect.any(String) },
    });
  });

  it("of several addresses that all failed speaks for the first", () => {
    const group = new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]);
    expect(asNetworkError(new ConnectFailure(group), whileIn("connect"))).toMatchObject({
      details: { reason: "the connection was refused" },
    });
  });

  it.each(["ETIMEDOUT", "EHOSTUNREACH", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"])(
    "of a connection that stood and broke with %s depends on how far the request was",
    (code) => {
      const unknown = (phase: Phase, status?: number) =>
        (asNetworkError(coded(code), whileIn(phase, status)) as AsrError).details.outcomeUnknown;
      expect(unknown("upload")).toBeUndefined();
      expect(unknown("answer")).toBe(true);
      expect(unknown("receive", 200)).toBe(true);
      expect(unknown("receive", 500)).toBeUndefined();
    },
  );

  it("of a proxy's name that can't be resolved names proxy and host", () => {
    const failure = new ProxyFailure("proxy.example:3128", undefined, coded("ENOTFOUND"));
    expect(asNetworkError(new ConnectFailure(failure), whileIn("connect"))).toMatchObject({
      message: "can't connect to asr.example through the proxy proxy.example:3128",
      details: { reason: "no such host name", retryable: false },
    });
  });

  it("leaves alone what is no failure of the network", () => {
    for (const error of [
      new TypeError("a fault"),
      coded("ENOENT"),
      new AsrError("audio", "x"),
      "x",
    ]) {
      expect(asNetworkError(error, whileIn("answer"))).toBe(error);
    }
    const fault = new TypeError("a fault");
    expect(asNetworkError(new ConnectFailure(fault), whileIn("connect"))).toBe(fault);
  });
});
