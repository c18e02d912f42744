/** One signed POST of audio. Pure but for what the body reads when it is sent. */
import type { Body } from "../../http/body.ts";
import type { HttpRequest } from "../../http/transport.ts";
import type { TencentAccount } from "./account.ts";
import type { TencentAddress } from "./address.ts";
import { type Query, signature, signingText, wireQuery } from "./signature.ts";

export interface SignedPost {
  readonly request: HttpRequest;
  /** What the request was signed with: a secret while it is valid. */
  readonly signature: string;
}

/**
 * @param path With the appid, without a gateway's prefix.
 * @param query Everything but the secretid, which is added here.
 */
export function signedPost(
  account: TencentAccount,
  address: TencentAddress,
  path: string,
  query: Query,
  body: Body,
): SignedPost {
  const signedQuery = { ...query, secretid: account.secretId };
  const text = signingText(address.signedHost, path, signedQuery);
  const authorization = signature(text, account.secretKey);
  return {
    signature: authorization,
    request: {
      method: "POST",
      url: new URL(`${address.base}${path}?${wireQuery(signedQuery)}`),
      headers: {
        authorization,
        "content-type": "application/octet-stream",
        // Not signed (official SDK).
        ...(account.token === undefined ? {} : { "x-tc-token": account.token }),
      },
      body,
    },
  };
}
