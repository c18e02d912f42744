/** `POST /open-apis/auth/v3/tenant_access_token/internal` (FACTS, "Feishu and Lark"). */
import { jsonAnswer } from "../server/answer.ts";
import type { Route } from "../server/double.ts";
import { Refusal } from "../server/exchange.ts";
import { readJsonBody } from "../server/json/body.ts";
import { parseBody, TOKEN_BODY } from "./bodies.ts";
import { feishuError } from "./errors.ts";
import type { TokenDesk } from "./tokens.ts";

export interface FeishuApp {
  readonly appId: string;
  readonly appSecret: string;
}

export const TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal";
const BAD_PARAMETERS = 10003;
const BAD_SECRET = 10014;

export function tokenRoute(app: FeishuApp, tokens: TokenDesk, siteHost: string): Route {
  return {
    path: new RegExp(`^${TOKEN_PATH}$`),
    refuse: (exchange, code, reason) => feishuError(exchange, code, reason, siteHost),
    check: async (exchange) => {
      const body = await readJsonBody(exchange, [], false);
      const type = exchange.header("content-type") ?? "is missing";
      if (exchange.record.method !== "POST") throw new Refusal(BAD_PARAMETERS, "not a POST");
      if (!/^application\/json(; ?charset=utf-8)?$/i.test(type)) {
        throw new Refusal(BAD_PARAMETERS, `Content-Type ${type}`);
      }
      const parsed = parseBody(TOKEN_BODY, body);
      if ("problem" in parsed) throw new Refusal(BAD_PARAMETERS, parsed.problem);
      const { app_id: appId, app_secret: appSecret } = parsed.value;
      if (appId !== app.appId) throw new Refusal(BAD_PARAMETERS, "app_id is not known");
      if (appSecret !== app.appSecret) throw new Refusal(BAD_SECRET, "app_secret is not the app's");
      return {
        serve: () => {
          const { token, expireSeconds } = tokens.issue();
          return jsonAnswer({
            code: 0,
            msg: "ok",
            tenant_access_token: token,
            expire: expireSeconds,
          });
        },
      };
    },
  };
}
