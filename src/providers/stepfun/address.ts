/** Where requests go (document, "服务地址"). */
import type { Account } from "../contract.ts";

const ORIGIN = "https://api.stepfun.com";
const PATH = "/v1/audio/asr/sse";
const STEP_PLAN = "/step_plan";

/**
 * @param account `baseUrl` replaces the origin; its path goes before the API's. One that ends in
 *   `/step_plan` chooses Step Plan as the parameter does.
 */
export function endpoint(account: Pick<Account, "baseUrl">, stepPlan: boolean): URL {
  const base = new URL(account.baseUrl ?? ORIGIN);
  const prefix = base.pathname.replace(/\/+$/, "");
  const plan = stepPlan && !prefix.endsWith(STEP_PLAN) ? STEP_PLAN : "";
  return new URL(prefix + plan + PATH, base.origin);
}
