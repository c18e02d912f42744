/**
 * Which proxy a request takes, as curl decides it (curl manual, "Environment" and `--noproxy`).
 * Pure: the environment comes in.
 */
import { BlockList, isIP, isIPv6 } from "node:net";
import { usageError } from "../errors.ts";
import { bareHost, isLoopback } from "./guard.ts";

export interface ProxySettings {
  /** `--proxy`: wins over the environment; "" means none at all. Without a scheme: http. */
  readonly proxy?: string;
  /** Read for http_proxy, https_proxy, all_proxy and no_proxy. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The proxy for a URL, or undefined for a direct connection.
 *
 * This machine is reached directly, except through a proxy named in the settings that is on this
 * machine itself: any other would carry plain http away from here.
 *
 * @throws AsrError kind "usage" for a proxy that is not an http or https address.
 */
export function chooseProxy(url: URL, { proxy, environment }: ProxySettings): URL | undefined {
  if (bypassed(url, variable(environment, "no_proxy") ?? "")) return undefined;
  if (proxy === "") return undefined;
  if (proxy !== undefined) {
    const named = parseProxy(proxy, "the proxy setting");
    return isLoopback(url.hostname) && !isLoopback(named.hostname) ? undefined : named;
  }
  if (isLoopback(url.hostname)) return undefined;
  for (const name of [`${url.protocol.slice(0, -1)}_proxy`, "all_proxy"]) {
    const value = variable(environment, name);
    if (value !== undefined) return parseProxy(value, name);
  }
  return undefined;
}

/**
 * Lower case first. `HTTP_PROXY` is not read: behind a web server its value is a request's header.
 */
function variable(environment: ProxySettings["environment"], name: string): string | undefined {
  const value =
    environment[name] ?? (name === "http_proxy" ? undefined : environment[name.toUpperCase()]);
  return value === "" ? undefined : value;
}

function parseProxy(value: string, source: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  // The value is not repeated in messages: it may hold a password.
  if (!URL.canParse(text)) {
    throw usageError(`${source} is not the address of a proxy`, "give it as http://host:port");
  }
  const proxy = new URL(text);
  if (proxy.protocol !== "http:" && proxy.protocol !== "https:") {
    throw usageError(
      `${source} names a ${proxy.protocol.slice(0, -1)} proxy`,
      "only http and https proxies are supported: give http://host:port",
    );
  }
  if (!isPercentEncoded(proxy.username) || !isPercentEncoded(proxy.password)) {
    throw usageError(
      `the user or password in ${source} can't be read`,
      "write special characters as in a URL: % as %25, @ as %40, : as %3A",
    );
  }
  return proxy;
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a comma- or space-separated list of hosts, domains, addresses and subnets has the URL. */
function bypassed(url: URL, list: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => entry === "*" || matches(host, port, entry.toLowerCase()));
}

function matches(host: string, port: string, entry: string): boolean {
  if (entry.includes("/")) return inSubnet(host, entry);
  const [, bracketed, plain, entryPort] = /^(?:\[(.+)\]|(.+?))(?::(\d+))?$/.exec(entry) ?? [];
  if (isIPv6(entry)) return host === entry;
  if (entryPort !== undefined && entryPort !== port) return false;
  const name = bareHost(bracketed ?? plain ?? "").replace(/^\*?\./, "");
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function inSubnet(host: string, entry: string): boolean {
  const [network = "", bits = ""] = entry.split("/");
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d+$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const subnet = new BlockList();
  const name = family === 4 ? "ipv4" : "ipv6";
  subnet.addSubnet(network, Number(bits), name);
  return subnet.check(host, name);
}
