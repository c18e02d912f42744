/** What the account's settings mean for requests: credentials, secrets, limits. */
import { createHash } from "node:crypto";
import { AsrError } from "../../errors.ts";
import type { Account as AccountLimits } from "../../http/limiter.ts";
import type { Account, Capabilities } from "../contract.ts";
import { type Site, variableOf } from "./site.ts";

/** An app that tokens are fetched for, or a token that the user brought. */
export type Credentials =
  | { readonly kind: "app"; readonly appId: string; readonly appSecret: string }
  | { readonly kind: "token"; readonly token: string };

/** What can stand in an Authorization header. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * A token that the user brought goes before an app.
 *
 * @throws AsrError kind "credentials", naming the variables, where something is missing.
 */
export function credentialsOf(site: Site, { credentials }: Account): Credentials {
  const { appId = "", appSecret = "", tenantAccessToken: token = "" } = credentials;
  if (token !== "") {
    if (TOKEN.test(token)) return { kind: "token", token };
    throw new AsrError(
      "credentials",
      `${variableOf(site, "tenantAccessToken")} holds characters that no token has`,
      { hint: "look for spaces, line breaks or quotation marks in it", stopsBatch: true },
    );
  }
  if (appId !== "" && appSecret !== "") return { kind: "app", appId, appSecret };
  const missing = Object.entries({ appId, appSecret })
    .filter(([, value]) => value === "")
    .map(([name]) => variableOf(site, name));
  throw new AsrError("credentials", `${missing.join(" and ")} not set`, {
    reason: `${site.name} needs the App ID and the App Secret of a custom app`,
    hint:
      `copy both from the app's page at ${site.consoleUrl}; store apps set ` +
      `${variableOf(site, "tenantAccessToken")} instead`,
    stopsBatch: true,
  });
}

/** Everything of the account that no message may show. */
export function secretsOf({ credentials }: Account): string[] {
  return Object.values(credentials).filter((value) => value !== "");
}

/** Tells accounts apart without giving anything away. */
function accountKey(credentials: Credentials): string {
  const text = credentials.kind === "app" ? credentials.appId : credentials.token;
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The limits of a provider on this account: of the API, lowered or raised by the user. */
export function limitsOf(
  providerId: string,
  { limits }: Pick<Capabilities, "limits">,
  account: Account,
  credentials: Credentials,
): AccountLimits {
  const perSecond = account.maxRequestsPerSecond ?? limits.maxRequestsPerSecond;
  return {
    key: `${providerId}/${accountKey(credentials)}`,
    limit: providerId,
    maxConcurrency: account.maxConcurrency ?? limits.maxConcurrency,
    ...(perSecond === undefined ? {} : { maxStartsPerSecond: perSecond }),
  };
}
