/** StepFun speech recognition over server-sent events. */
import type { Provider } from "../contract.ts";
import { apiKeyOf } from "./account.ts";
import { endpoint } from "./address.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { STEPFUN_CHECKS } from "./checks.ts";
import { STEPFUN_CREDENTIALS } from "./credentials.ts";
import { STEPFUN_EXCHANGES } from "./exchanges.ts";
import { PARAMETERS } from "./parameters.ts";
import { recognize } from "./recognize.ts";
import { resolveSettings } from "./settings.ts";
import { storedEvents } from "./stored-events.ts";

export const stepfun: Provider = {
  id: "stepfun",
  vendor: "stepfun",
  title: "StepFun ASR over SSE: a whole recording in one request, text as it is found",
  documentation: "https://platform.stepfun.com/docs/zh/api-reference/audio/asr-sse",
  credentials: STEPFUN_CREDENTIALS,
  exchanges: STEPFUN_EXCHANGES,
  capabilities: CAPABILITIES,
  parameters: PARAMETERS,
  resolve: (settings) => resolveSettings(settings),
  prepare: async (_settings, { account }) => void apiKeyOf(account),
  host: (account) => endpoint(account, false).host,
  checks: STEPFUN_CHECKS,
  readAnswers: storedEvents,
  recognize,
};
