/** Errors for answers that nobody can use, from what is wrong with them and their status. */
import { AsrError, type ErrorDetails } from "../errors.ts";
import type { HttpResponse } from "./transport.ts";

/** What is wrong with an answer. `cut`: it begins as JSON and breaks off or goes wrong. */
export type AnswerFault =
  | "empty"
  | "html"
  | "cut"
  | "not JSON"
  | "huge"
  | "encoding"
  | "not events";

const DESCRIPTIONS: Readonly<Record<AnswerFault, string>> = {
  empty: "an empty answer",
  html: "an HTML page",
  cut: "damaged JSON",
  "not JSON": "something that is not JSON",
  huge: "far more than any answer should have",
  encoding: "text in another encoding",
  "not events": "something that is not an event stream",
};

/** Of a gateway that does not know what became of the request behind it. */
const GATEWAY_STATUSES = new Set([502, 504, 524]);

/**
 * @param line First line of what came, fit to be shown; "" for none.
 */
export function unusableAnswer(
  { host, status }: Pick<HttpResponse, "host" | "status">,
  fault: AnswerFault,
  line: string,
  { encoding, cause }: { encoding?: string; cause?: unknown } = {},
): AsrError {
  const what = encoding === undefined ? DESCRIPTIONS[fault] : `text that is not ${encoding}`;
  const details: ErrorDetails = {
    ...(line === "" ? {} : { reason: `it begins: ${line}` }),
    ...(cause === undefined ? {} : { cause }),
  };
  if (status === 404) {
    return new AsrError("usage", `${host} knows no such path (HTTP 404) and sent ${what}`, {
      ...details,
      hint: "check the address (baseUrl): host, path prefix and no more",
    });
  }
  const message = `${host} sent ${what} (HTTP ${status})`;
  if (status === 429) {
    return new AsrError("quota", message, {
      ...details,
      hint: "too many requests: send fewer at once (--concurrency), or try again later",
      retryable: true,
    });
  }
  return new AsrError("network", message, { ...details, ...verdict(status, fault) });
}

/** Whether to try again, and what else to do. */
function verdict(status: number, fault: AnswerFault): ErrorDetails {
  if (GATEWAY_STATUSES.has(status)) {
    return {
      hint: "a gateway lost the vendor's answer: try again later",
      retryable: true,
      outcomeUnknown: true,
    };
  }
  if (status >= 500 || status === 408) {
    return { hint: "the vendor is out of order: try again later", retryable: true };
  }
  if (status >= 400) {
    return { hint: "check the address (baseUrl) and any gateway or proxy in between" };
  }
  switch (fault) {
    case "empty":
    case "cut":
      return {
        hint: "the answer was lost on its way: try again",
        retryable: true,
        outcomeUnknown: true,
      };
    case "encoding":
      return { hint: "ask for the encoding that the account's template uses", retryable: false };
    default:
      return {
        hint: "this looks like a login page, a proxy or a wrong address (baseUrl), not the vendor",
        retryable: false,
      };
  }
}
