/** What an account is made of, as data: the settings read it without loading the provider. */
import type { CredentialSpec } from "../contract.ts";

function credentials(prefix: "FEISHU" | "LARK", site: string): readonly CredentialSpec[] {
  return [
    {
      name: "appId",
      variable: `${prefix}_APP_ID`,
      help: `App ID of a custom app (${site} developer console, Credentials)`,
    },
    {
      name: "appSecret",
      variable: `${prefix}_APP_SECRET`,
      help: "App Secret of the same app",
    },
    {
      name: "tenantAccessToken",
      variable: `${prefix}_TENANT_ACCESS_TOKEN`,
      optional: true,
      help: "instead of both, for store apps: a tenant access token, used as it is, never refreshed",
    },
  ];
}

export const FEISHU_CREDENTIALS = credentials("FEISHU", "Feishu");
export const LARK_CREDENTIALS = credentials("LARK", "Lark");
