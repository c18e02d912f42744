/** The account's credentials, all there and of a shape that can be sent. */
import { AsrError } from "../../errors.ts";
import type { Account } from "../contract.ts";
import { TENCENT_CREDENTIALS } from "./credentials.ts";

export interface TencentAccount {
  readonly appId: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Of temporary credentials: the `X-TC-Token` header. */
  readonly token?: string;
}

/** Where AppID and keys are made (flash document, 1). */
const CONSOLE = "https://console.cloud.tencent.com/cam/capi";

/**
 * Looks that every credential is there. Sends nothing.
 *
 * @throws AsrError kind "credentials", naming the variables and never a value.
 */
export function tencentAccount({ credentials }: Account): TencentAccount {
  const missing = TENCENT_CREDENTIALS.filter(
    ({ name, optional }) => optional !== true && (credentials[name] ?? "") === "",
  );
  if (missing.length > 0) {
    const variables = missing.map(({ variable }) => variable).join(", ");
    throw new AsrError("credentials", "credentials for Tencent Cloud are missing", {
      reason: `not set: ${variables}`,
      hint: `set them in the environment or under vendors.tencent; keys are made at ${CONSOLE}`,
      stopsBatch: true,
    });
  }
  const { appId = "", secretId = "", secretKey = "", token = "" } = credentials;
  if (!/^\d+$/.test(appId)) throw malformed("appId", "an AppID is digits only");
  for (const [name, value] of Object.entries({ secretId, secretKey, token })) {
    if (!/^[\x21-\x7e]*$/.test(value)) {
      throw malformed(name, "it holds a space, a line break or another character no key has");
    }
  }
  return { appId, secretId, secretKey, ...(token === "" ? {} : { token }) };
}

function malformed(name: string, reason: string): AsrError {
  const variable = TENCENT_CREDENTIALS.find((spec) => spec.name === name)?.variable ?? name;
  return new AsrError("credentials", `${variable} is not what it should be`, {
    reason,
    hint: `copy it again from ${CONSOLE}`,
    stopsBatch: true,
  });
}

/** What must never be shown. */
export function secretsOf({ secretId, secretKey, token }: TencentAccount): string[] {
  return [secretId, secretKey, ...(token === undefined ? [] : [token])];
}
