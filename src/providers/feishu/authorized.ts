/** Calls that need a tenant access token: fetched, shared, and fetched once more when refused. */
import { AsrError } from "../../errors.ts";
import type { HttpClient } from "../../http/client.ts";
import { SLICE_TIMEOUTS } from "../../http/timeouts.ts";
import type { ProviderContext } from "../contract.ts";
import { credentialsOf, secretsOf } from "./account.ts";
import { endpoint, TOKEN_PATH } from "./address.ts";
import { type IssuedToken, readToken } from "./answers.ts";
import { BAD_TOKEN_CODES } from "./codes.ts";
import { tokenRequest } from "./requests.ts";
import type { Site } from "./site.ts";
import { TokenStore } from "./token-store.ts";

/** A token to send with, and what must not be shown while it is in use. */
export interface Authorization {
  readonly token: string;
  readonly secrets: readonly string[];
}

type Context = Pick<ProviderContext, "account" | "clock" | "http" | "log">;

/** Jobs share tokens as far as they share a client: one process, one test. */
const STORES = new WeakMap<HttpClient, Map<string, TokenStore>>();

/**
 * Calls `use` with the user's own token as it is, or with the app's; an app's token that is
 * refused (99991663, 99991664, 99991668, 99991671) is fetched anew and `use` called once more.
 *
 * @throws AsrError kind "credentials" where credentials are missing or refused; what `use` throws.
 */
export async function withToken<T>(
  site: Site,
  context: Context,
  signal: AbortSignal,
  use: (authorization: Authorization) => Promise<T>,
): Promise<T> {
  const credentials = credentialsOf(site, context.account);
  const known = secretsOf(context.account);
  if (credentials.kind === "token") return use({ token: credentials.token, secrets: known });
  const { appId, appSecret } = credentials;
  const url = endpoint(site, context.account, TOKEN_PATH);
  const store = storeOf(context, `${url.href} ${appId} ${appSecret}`);
  const fetch = (over: AbortSignal): Promise<IssuedToken> =>
    context.http.send({
      origin: url.origin,
      paid: false,
      signal: over,
      log: context.log,
      secrets: known,
      timeouts: SLICE_TIMEOUTS,
      build: () => tokenRequest(url, appId, appSecret),
      read: (response) => readToken(site, response),
    });
  const token = await store.get(fetch, signal);
  try {
    return await use({ token, secrets: [...known, token] });
  } catch (error) {
    if (!isBadToken(error)) throw error;
    context.log(`${site.name} refuses the tenant access token; fetching another`);
    store.drop(token);
    const renewed = await store.get(fetch, signal);
    return use({ token: renewed, secrets: [...known, token, renewed] });
  }
}

function storeOf({ http, clock }: Context, key: string): TokenStore {
  const { base = http } = http;
  const stores = STORES.get(base) ?? new Map<string, TokenStore>();
  STORES.set(base, stores);
  const store = stores.get(key) ?? new TokenStore(clock);
  stores.set(key, store);
  return store;
}

function isBadToken(error: unknown): boolean {
  if (!(error instanceof AsrError)) return false;
  const { vendorCode } = error.details;
  return typeof vendorCode === "number" && BAD_TOKEN_CODES.has(vendorCode);
}
