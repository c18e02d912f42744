import { describe, expect, it } from "vitest";
import { chooseProxy } from "../../src/http/proxy.ts";

type Environment = Record<string, string>;

function proxyOf(address: string, environment: Environment, proxy?: string): string | undefined {
  const settings = proxy === undefined ? { environment } : { environment, proxy };
  return chooseProxy(new URL(address), settings)?.href;
}

const VENDOR = "https://open.feishu.cn/open-apis";

describe("the environment", () => {
  it.each<[string, Environment, string | undefined]>([
    ["https_proxy", { https_proxy: "http://p:1" }, "http://p:1/"],
    ["HTTPS_PROXY", { HTTPS_PROXY: "http://p:1" }, "http://p:1/"],
    ["lower case first", { https_proxy: "http://a", HTTPS_PROXY: "http://b" }, "http://a/"],
    ["ALL_PROXY where no other is set", { ALL_PROXY: "http://all" }, "http://all/"],
    [
      "https_proxy before all_proxy",
      { all_proxy: "http://a", HTTPS_PROXY: "http://b" },
      "http://b/",
    ],
    ["an address without a scheme", { https_proxy: "p:3128" }, "http://p:3128/"],
    ["an https proxy", { https_proxy: "https://p" }, "https://p/"],
    ["http_proxy is not for https", { http_proxy: "http://p" }, undefined],
    ["empty is unset", { https_proxy: "" }, undefined],
    ["nothing", {}, undefined],
  ])("%s", (_, environment, expected) => {
    expect(proxyOf(VENDOR, environment)).toBe(expected);
  });

  it("does not send this machine's own addresses through a proxy", () => {
    const environment = { http_proxy: "http://127.0.0.1:1", all_proxy: "http://127.0.0.1:1" };
    expect(proxyOf("http://127.0.0.1:8080/", environment)).toBeUndefined();
    expect(proxyOf("https://localhost/", environment)).toBeUndefined();
  });
});

describe("NO_PROXY", () => {
  it.each<[string, string, boolean]>([
    ["*", VENDOR, true],
    ["open.feishu.cn", VENDOR, true],
    ["feishu.cn", VENDOR, true],
    [".feishu.cn", VENDOR, true],
    ["*.feishu.cn", VENDOR, true],
    ["FEISHU.CN.", VENDOR, true],
    ["a.example, feishu.cn", VENDOR, true],
    ["a.example feishu.cn", VENDOR, true],
    ["eishu.cn", VENDOR, false],
    ["feishu.cn.example", VENDOR, false],
    ["feishu.cn:443", VENDOR, true],
    ["feishu.cn:8443", VENDOR, false],
    ["10.1.2.3", "https://10.1.2.3/", true],
    ["1.2.3", "https://10.1.2.3/", false],
    ["10.0.0.0/8", "https://10.1.2.3/", true],
    ["11.0.0.0/8", "https://10.1.2.3/", false],
    ["10.0.0.0/99", "https://10.1.2.3/", false],
    ["10.0.0.0/8", VENDOR, false],
    ["fd00::/8", "https://[fd00::1]/", true],
    ["fd00::1", "https://[fd00::1]/", true],
    ["[fd00::1]", "https://[fd00::1]/", true],
    ["[fd00::1]:443", "https://[fd00::1]/", true],
    ["[fd00::1]:444", "https://[fd00::1]/", false],
  ])("%s for %s: %s", (list, address, direct) => {
    const expected = direct ? undefined : "http://p/";
    expect(proxyOf(address, { https_proxy: "http://p", no_proxy: list })).toBe(expected);
    expect(proxyOf(address, { NO_PROXY: list }, "http://p")).toBe(expected);
  });
});

describe("the setting", () => {
  it("wins over the environment", () => {
    expect(proxyOf(VENDOR, { https_proxy: "http://a" }, "http://b")).toBe("http://b/");
  });

  it("turns proxies off when it is empty", () => {
    expect(proxyOf(VENDOR, { https_proxy: "http://a" }, "")).toBeUndefined();
  });

  it("reaches this machine only through a proxy on this machine", () => {
    expect(proxyOf("http://localhost:9/", {}, "http://127.0.0.1:1")).toBe("http://127.0.0.1:1/");
    expect(proxyOf("http://localhost:9/", {}, "http://proxy.example:1")).toBeUndefined();
  });

  it.each([
    "socks5://me:hunter2@p:1080",
    "http://me:hunter2@p:port",
    "http://me:hunter2%@p:1",
    "://",
  ])("%s is refused without repeating it", (proxy) => {
    const attempt = () => proxyOf(VENDOR, {}, proxy);
    expect(attempt).toThrow(expect.objectContaining({ kind: "usage" }));
    expect(attempt).not.toThrow(/hunter2/);
  });
});
