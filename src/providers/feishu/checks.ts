/** What `asr doctor` looks at. Nothing is billed. */
import { SLICE_TIMEOUTS } from "../../http/timeouts.ts";
import type { Check, ProviderContext } from "../contract.ts";
import { credentialsOf, secretsOf } from "./account.ts";
import { endpoint, TOKEN_PATH } from "./address.ts";
import { withToken } from "./authorized.ts";
import { type Site, variableOf } from "./site.ts";

/**
 * Obtains the tenant access token, which proves host, app and secret. A token that the user
 * brought can't be proved without a paid request: only the host is asked then.
 */
export function tokenCheck(site: Site): Check {
  return {
    name: "token",
    async run(context) {
      if (credentialsOf(site, context.account).kind === "token") return hostAnswers(site, context);
      await withToken(site, context, context.signal, async () => {});
      return "the tenant access token was obtained";
    },
  };
}

async function hostAnswers(
  site: Site,
  { http, signal, log, account }: ProviderContext,
): Promise<string> {
  const { origin, host } = endpoint(site, account, TOKEN_PATH);
  const status = await http.send({
    origin,
    paid: false,
    signal,
    log,
    secrets: secretsOf(account),
    timeouts: SLICE_TIMEOUTS,
    maxRepeats: 1,
    takesRedirects: true,
    build: () => ({ method: "GET", url: new URL(origin), headers: {} }),
    // Any answer shows that the host is reached.
    read: async (response) => response.status,
  });
  const variable = variableOf(site, "tenantAccessToken");
  return `${host} answers (HTTP ${status}); whether ${variable} is good shows the first request`;
}
