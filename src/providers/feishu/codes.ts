/**
 * What the platform's error codes mean (both documents, "错误码"; token and gateway codes: the
 * vendor's SDK and newer documents). Decisions are made by these numbers, never by words.
 */
import type { ErrorKind } from "../../errors.ts";
import { type Site, variableOf } from "./site.ts";

export interface CodeMeaning {
  readonly kind: ErrorKind;
  /** Whether the same request may succeed when sent again. */
  readonly retryable: boolean;
  /** Every other job of this account would fail alike. */
  readonly stopsBatch: boolean;
  /** What failed, before the vendor's own words. */
  what(site: Site): string;
  hint(site: Site): string;
}

const SCOPE = "speech_to_text:speech";

const INVALID_PARAMETER: CodeMeaning = {
  kind: "recognition",
  retryable: false,
  stopsBatch: false,
  what: ({ name }) => `${name} refuses a parameter of the request`,
  hint: () =>
    "take --set and --set-unchecked away; if it stays, report the request id to the vendor",
};

const NETWORK_ANOMALY: CodeMeaning = {
  kind: "network",
  retryable: true,
  stopsBatch: false,
  what: ({ name }) => `${name}'s recogniser has a fault of its own`,
  hint: () => "try again in a few minutes",
};

/** The tenant token is bad: dropped and fetched once more before anybody hears of it. */
export const BAD_TOKEN_CODES: ReadonlySet<number> = new Set([
  99991663, 99991664, 99991668, 99991671,
]);

const BAD_TOKEN: CodeMeaning = {
  kind: "credentials",
  retryable: false,
  stopsBatch: true,
  what: ({ name }) => `${name} refuses the tenant access token`,
  hint: (site) =>
    `if you set ${variableOf(site, "tenantAccessToken")}, renew it (a token lives 2 hours at ` +
    `most) or use ${variableOf(site, "appId")} and ${variableOf(site, "appSecret")}; with an app, ` +
    `check that it is one of ${site.name}'s (${site.consoleUrl})`,
};

export const CODES: Readonly<Record<number, CodeMeaning>> = {
  1040101: INVALID_PARAMETER,
  1610101: INVALID_PARAMETER,
  1040102: NETWORK_ANOMALY,
  1610102: NETWORK_ANOMALY,
  10003: {
    kind: "credentials",
    retryable: false,
    stopsBatch: true,
    what: ({ name }) => `${name} does not know the app`,
    hint: (site) =>
      `check ${variableOf(site, "appId")} (it begins with cli_); apps of Feishu and of Lark are ` +
      `separate: this one must be listed at ${site.consoleUrl}`,
  },
  10014: {
    kind: "credentials",
    retryable: false,
    stopsBatch: true,
    what: ({ name }) => `${name} refuses the app secret`,
    hint: (site) =>
      `copy ${variableOf(site, "appSecret")} again from the app's page at ${site.consoleUrl}`,
  },
  99991661: {
    kind: "credentials",
    retryable: false,
    stopsBatch: true,
    what: ({ name }) => `${name} found no usable access token in the request`,
    hint: (site) =>
      `check ${variableOf(site, "tenantAccessToken")}; if it is right, look for a proxy that ` +
      "takes the Authorization header away",
  },
  99991663: BAD_TOKEN,
  99991664: BAD_TOKEN,
  99991668: BAD_TOKEN,
  99991671: BAD_TOKEN,
  99991672: {
    kind: "credentials",
    retryable: false,
    stopsBatch: true,
    what: () => `the app lacks the permission ${SCOPE}`,
    hint: ({ consoleUrl }) =>
      `open the app at ${consoleUrl}, add ${SCOPE} under Permissions & Scopes, then create and ` +
      "publish a version (an administrator may have to approve it)",
  },
  99991400: {
    kind: "quota",
    retryable: true,
    stopsBatch: false,
    what: ({ name }) =>
      `${name} says too many requests: rate limited, or the tenant's plan does not include ` +
      "speech recognition",
    hint: ({ consoleUrl }) =>
      "lower --concurrency or wait; if this is the very first call, the tenant is on the free " +
      "plan, which has no speech recognition: have an administrator upgrade it, or create the " +
      `app at ${consoleUrl} in a tenant with a paid plan, and use its App ID and App Secret`,
  },
  99991403: {
    kind: "quota",
    retryable: false,
    stopsBatch: true,
    what: ({ name }) => `the tenant's monthly ${name} API calls are used up`,
    hint: ({ consoleUrl }) =>
      `wait for the next month or have an administrator upgrade the plan; the use so far is at ${consoleUrl}`,
  },
};

/** A code that no document names: the HTTP status decides. */
export function meaningOf(code: number, status: number): CodeMeaning {
  const known = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (known !== undefined) return known;
  const base = { stopsBatch: false, retryable: false };
  const what = ({ name }: Site) => `${name} refuses the request (HTTP ${status})`;
  if (status === 429) {
    return { ...base, kind: "quota", retryable: true, what, hint: () => "lower --concurrency" };
  }
  if (status >= 500) {
    return { ...base, kind: "network", retryable: true, what, hint: () => "try again later" };
  }
  if (status === 404) {
    const hint = () => "check the address (baseUrl): host, path prefix and no more";
    return { ...base, kind: "usage", what, hint };
  }
  if (status === 401 || status === 403) {
    const hint = ({ consoleUrl }: Site) => `check the app and its permissions at ${consoleUrl}`;
    return { ...base, kind: "credentials", stopsBatch: true, what, hint };
  }
  const hint = () => "look the code up in the vendor's document of this API";
  return { ...base, kind: "recognition", what, hint };
}
