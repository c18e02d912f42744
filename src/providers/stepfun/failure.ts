/** Errors: of an HTTP status, of an `error` event, of a stream that ends too early. */
import { AsrError } from "../../errors.ts";
import { readText } from "../../http/answer.ts";
import { firstLine } from "../../http/plain-text.ts";
import type { HttpResponse } from "../../http/transport.ts";
import { meaningOf } from "./codes.ts";

/** `{"error": {"message", "type"}}`, or whatever a gateway sends instead. */
export async function statusError(response: HttpResponse): Promise<AsrError> {
  const { status, headers } = response;
  const meaning = meaningOf(status);
  const { message, type } = errorFields(await readText(response));
  const requestId = headers["x-trace-id"] ?? headers["x-request-id"];
  return new AsrError(meaning.kind, message === "" ? meaning.what : `${meaning.what}: ${message}`, {
    ...(type === "" ? {} : { reason: `its type of error is ${type}` }),
    hint: meaning.hint,
    vendorCode: status,
    ...(requestId === undefined ? {} : { requestId: firstLine(requestId) }),
    retryable: meaning.retryable,
    ...(meaning.outcomeUnknown === undefined ? {} : { outcomeUnknown: meaning.outcomeUnknown }),
    ...(meaning.stopsBatch === undefined ? {} : { stopsBatch: meaning.stopsBatch }),
  });
}

function errorFields(text: string): { readonly message: string; readonly type: string } {
  try {
    const { error } = JSON.parse(text);
    if (typeof error === "string") return { message: firstLine(error), type: "" };
    return { message: lineOf(error?.message), type: lineOf(error?.type) };
  } catch {
    return { message: firstLine(text), type: "" };
  }
}

function lineOf(value: unknown): string {
  return typeof value === "string" ? firstLine(value) : "";
}

/** An `error` event: the recognition failed, though the answer began with HTTP 200. */
export function eventError(message: string, sessionId: string | undefined): AsrError {
  const said = firstLine(message);
  return new AsrError(
    "recognition",
    `StepFun failed to recognise${said === "" ? "" : `: ${said}`}`,
    {
      ...(sessionId === undefined ? {} : { requestId: firstLine(sessionId) }),
      hint: "check that the audio plays; if it does, report the request id to the vendor",
    },
  );
}

/** Without `transcript.text.done` nobody knows how much is missing. */
export function cutShortError(sessionId: string | undefined): AsrError {
  return new AsrError("network", "StepFun's answer ended before the transcript was complete", {
    reason: "the event transcript.text.done is missing",
    hint: "try again; if it happens again, send shorter audio",
    ...(sessionId === undefined ? {} : { requestId: firstLine(sessionId) }),
    retryable: true,
    outcomeUnknown: true,
  });
}
