/** Credentials of Tencent Cloud: data alone, so that the registry can list them without the rest. */
import type { CredentialSpec } from "../contract.ts";

export const TENCENT_CREDENTIALS: readonly CredentialSpec[] = [
  {
    name: "appId",
    variable: "TENCENTCLOUD_APPID",
    help: "AppID of the account, digits only",
    placeholder: "1000000000",
  },
  {
    name: "secretId",
    variable: "TENCENTCLOUD_SECRET_ID",
    help: "SecretId of an API key",
  },
  {
    name: "secretKey",
    variable: "TENCENTCLOUD_SECRET_KEY",
    help: "SecretKey of the same API key; signs, and is never sent",
  },
  {
    name: "token",
    variable: "TENCENTCLOUD_TOKEN",
    optional: true,
    help: "session token, for temporary credentials only",
  },
];
