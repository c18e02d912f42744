/** Where requests may go: the configured origin, encrypted or on this machine, nowhere else. */
import { BlockList, isIPv4, isIPv6 } from "node:net";
import { AsrError, usageError } from "../errors.ts";
import type { HttpResponse } from "./transport.ts";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether a URL's host name is this machine: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopback(hostname: string): boolean {
  const name = bareHost(hostname);
  if (isIPv4(name)) return LOOPBACK.check(name, "ipv4");
  if (isIPv6(name)) return LOOPBACK.check(name, "ipv6");
  return name === "localhost";
}

/** A URL's host name in lower case, without the brackets of IPv6 and without a trailing dot. */
export function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

/**
 * Looks at a request's address before anything is opened.
 *
 * @param origin The configured origin: the only place that credentials may go to.
 * @throws AsrError kind "usage" for plain http beyond loopback and for a password in the address;
 *   "internal" where a request was built for another origin.
 */
export function checkAddress(url: URL, origin: string): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw usageError(
      `${url.protocol}// is not an address that audio can be sent to`,
      "use an https address as baseUrl",
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw usageError(
      `the address of ${url.host} holds a user or a password`,
      "take it out of baseUrl; credentials have settings of their own",
    );
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw usageError(
      `refusing to send to ${url.host} over plain http`,
      "use an https address as baseUrl; plain http is for this machine only (localhost)",
      "credentials and audio would be readable on the way",
    );
  }
  if (url.origin !== new URL(origin).origin) {
    throw new AsrError("internal", `a request for ${origin} was built for ${url.origin}`);
  }
}

/**
 * Looks at header values before anything is opened: a key that was pasted with its line break.
 *
 * @throws AsrError kind "usage" that names the header and not its value.
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) continue;
    throw usageError(
      `the header ${name} can't be sent`,
      "check the credentials for line breaks and foreign characters",
      "its value holds characters that HTTP does not allow",
    );
  }
}

/**
 * Redirects are not followed: the next place would get the credentials.
 *
 * @throws AsrError kind "usage" for every 3xx, naming the origin that it points at.
 */
export function refuseRedirect(response: HttpResponse, url: URL): void {
  if (response.status < 300 || response.status > 399) return;
  const location = response.headers.location;
  const target =
    location !== undefined && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  const place =
    target === undefined
      ? "without saying where"
      : target.origin === url.origin
        ? "to another path of the same address"
        : `to ${target.origin}`;
  throw new AsrError("usage", `${url.host} redirects ${place} (HTTP ${response.status})`, {
    reason: "redirects are never followed: credentials go to the configured address only",
    hint: "if the vendor's API has moved there, set baseUrl to it; else look for a login page or proxy in between",
    retryable: false,
  });
}
