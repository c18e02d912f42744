/** HTTP errors of StepFun: `{"error": {"message", "type"}}` (FACTS, "StepFun SSE"). */
import { type Answer, jsonAnswer } from "../server/answer.ts";

/** The documents name no types; these follow OpenAI's. A client must go by the status. */
const TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "invalid_api_key",
  402: "insufficient_balance",
  404: "not_found",
  429: "rate_limit_exceeded",
  451: "content_blocked",
  500: "server_error",
  503: "service_unavailable",
  504: "gateway_timeout",
};

export function stepfunError(status: number, message: string): Answer {
  const type = TYPES[status] ?? "error";
  return jsonAnswer({ error: { message, type } }, { status, code: status });
}
