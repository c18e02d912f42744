/** What the account's settings mean for requests: the key and the limits. */
import { createHash } from "node:crypto";
import { AsrError } from "../../errors.ts";
import type { Account as AccountLimits } from "../../http/limiter.ts";
import type { Account } from "../contract.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { STEPFUN_CREDENTIALS } from "./credentials.ts";

/** What can stand in an Authorization header. */
const KEY = /^[\x21-\x7e]+$/;

/** @throws AsrError kind "credentials", naming the variable. */
export function apiKeyOf({ credentials }: Account): string {
  const { apiKey = "" } = credentials;
  const variable = STEPFUN_CREDENTIALS.map((spec) => spec.variable).join(", ");
  if (apiKey === "") {
    throw new AsrError("credentials", `${variable} not set`, {
      reason: "StepFun needs an API key",
      hint: `create one on platform.stepfun.com (interface keys) and set ${variable}`,
      stopsBatch: true,
    });
  }
  if (!KEY.test(apiKey)) {
    throw new AsrError("credentials", `${variable} holds characters that no key has`, {
      hint: "look for spaces, line breaks or quotation marks in it",
      stopsBatch: true,
    });
  }
  return apiKey;
}

/** The limits of the account: documented, lowered or raised by the user. */
export function limitsOf(account: Account, apiKey: string): AccountLimits {
  const { maxConcurrency, maxRequestsPerSecond } = CAPABILITIES.limits;
  const perSecond = account.maxRequestsPerSecond ?? maxRequestsPerSecond;
  return {
    // Tells accounts apart without giving the key away.
    key: `stepfun/${createHash("sha256").update(apiKey).digest("hex").slice(0, 16)}`,
    limit: "stepfun",
    maxConcurrency: account.maxConcurrency ?? maxConcurrency,
    ...(perSecond === undefined ? {} : { maxStartsPerSecond: perSecond }),
  };
}
