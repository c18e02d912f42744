/** Faults that many tests want, ready made. */
import type { Fault, LateFault } from "./faults.ts";

/** HTTP 429 with Retry-After, no vendor's body. */
export function tooManyRequests(retryAfterSeconds: number): LateFault {
  return {
    kind: "status",
    status: 429,
    headers: { "retry-after": String(retryAfterSeconds), "content-type": "text/plain" },
    body: "Too Many Requests",
  };
}

/** The rate limit of Feishu and Lark: HTTP 429 or 400, and when to come back (FACTS). */
export function platformRateLimit(resetSeconds: number, status: 429 | 400 = 429): LateFault {
  const headers = {
    "x-ogw-ratelimit-limit": "20",
    "x-ogw-ratelimit-reset": String(resetSeconds),
  };
  return { kind: "code", code: 99991400, status, headers };
}

/** HTTP 503 with the page of a gateway. */
export function gatewayPage(status = 503): LateFault {
  return {
    kind: "status",
    status,
    headers: { "content-type": "text/html" },
    body: `<html><head><title>${status}</title></head><body><h1>Service Unavailable</h1></body></html>`,
  };
}

/** A redirect that no client may follow with credentials. */
export function redirectTo(location: string, status = 302): LateFault {
  return { kind: "status", status, headers: { location } };
}

/** HTTP 200 and nothing. */
export function emptyAnswer(): Fault {
  return { kind: "replace-answer", body: "" };
}

/** HTTP 200 and something that is not JSON. */
export function notJson(body = "<html>captive portal</html>"): Fault {
  return { kind: "replace-answer", body, contentType: "text/html" };
}
