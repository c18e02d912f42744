/** The head that all of Tencent's answers share, read leniently: unknown and missing fields pass. */
import { z } from "zod";
import { AsrError } from "../../errors.ts";
import type { HttpResponse } from "../../http/transport.ts";
import { type CodedApi, codeError, rowOf } from "./codes.ts";

const headSchema = z.looseObject({
  code: z.union([
    z.int(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ]),
  message: z.string().catch(""),
  request_id: z.string().optional().catch(undefined),
});

/** An answer with code 0. */
export type AnswerBody = Readonly<Record<string, unknown>>;

/**
 * Passes the body of an answer that says success.
 *
 * @param body The answer as parsed JSON.
 * @param ownRequestId What the vendor's support knows the request by, where the answer has no id.
 * @throws AsrError as the code's row says; by the HTTP status where there is no code, or an
 *   unknown one, in an answer whose status tells of failure.
 */
export function succeeded(
  api: CodedApi,
  { host, status }: Pick<HttpResponse, "host" | "status">,
  body: unknown,
  ownRequestId?: string,
): AnswerBody {
  const head = headSchema.safeParse(body);
  const code = head.success ? head.data.code : undefined;
  if (status >= 400 && (code === undefined || code === 0 || rowOf(api, code) === undefined)) {
    throw statusError(host, status, code);
  }
  if (!head.success) {
    throw new AsrError("network", `${host} answers, but not as ${api.name} does`, {
      reason: "the JSON has no code",
      hint: "check the address (baseUrl) and any gateway in between",
    });
  }
  const { message, request_id: requestId = ownRequestId } = head.data;
  if (code === undefined || code === 0) return head.data;
  throw codeError(api, { code, message, ...(requestId === undefined ? {} : { requestId }) });
}

/** A JSON answer whose status says more than its text. */
function statusError(host: string, status: number, code: number | undefined): AsrError {
  const message = `${host} answers HTTP ${status}`;
  const vendorCode = code === undefined || code === 0 ? {} : { vendorCode: code };
  if (status === 429) {
    return new AsrError("quota", message, {
      ...vendorCode,
      hint: "send fewer requests at once (--concurrency), or try again later",
      retryable: true,
    });
  }
  if (status === 401 || status === 403) {
    return new AsrError("credentials", message, {
      ...vendorCode,
      hint: "check the keys, and what any gateway in between allows",
      stopsBatch: true,
    });
  }
  if (status === 404) {
    return new AsrError("usage", message, { hint: "check the address (baseUrl)" });
  }
  if (status >= 500 || status === 408) {
    return new AsrError("network", message, {
      ...vendorCode,
      hint: "Tencent, or a gateway, is out of order: try again later",
      retryable: true,
      // A gateway that lost the answer does not know what became of the work.
      outcomeUnknown: status === 502 || status === 504,
    });
  }
  return new AsrError("recognition", message, {
    ...vendorCode,
    hint: "check the parameters (--set) and the address (baseUrl)",
  });
}
