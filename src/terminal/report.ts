/** How errors and warnings read on stderr: three short lines, or one JSON object. */
import { type AsrError, EXIT_CODES } from "../errors.ts";
import type { Warning } from "../transcript/transcript.ts";
import { safeJson, sanitizeLine } from "./sanitize.ts";

export type LogFormat = "text" | "json";

/** Colours as functions, so that this file needs no terminal. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly faint: (text: string) => string;
}

export const NO_PAINT: Paint = {
  error: (text) => text,
  warning: (text) => text,
  faint: (text) => text,
};

/** The input that a message is about, where the message does not begin with it itself. */
function subjectOf(message: string, input: string | undefined): string {
  if (input === undefined || message.startsWith(`${input}: `)) return "";
  return `${sanitizeLine(input)}: `;
}

/** An error as text: what failed, why, what to do about it. Ends with a line feed. */
export function errorAsText(error: AsrError, paint: Paint, input?: string): string {
  const { reason, hint, vendorCode, requestId } = error.details;
  const origin = [
    vendorCode === undefined ? "" : `code ${vendorCode}`,
    requestId === undefined ? "" : `request ${requestId}`,
  ].filter((part) => part !== "");
  const subject = subjectOf(error.message, input);
  const suffix = origin.length === 0 ? "" : ` (${sanitizeLine(origin.join(", "))})`;
  const lines = [
    `${paint.error("asr: error:")} ${subject}${sanitizeLine(error.message)}${suffix}`,
    ...(reason === undefined ? [] : [`  why: ${sanitizeLine(reason)}`]),
    ...(hint === undefined ? [] : [`  try: ${sanitizeLine(hint)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** An error as one JSON object on one line. */
export function errorAsJson(error: AsrError, input?: string): string {
  const named = input === undefined ? {} : { input };
  return `${safeJson({ level: "error", ...errorFields(error, named) })}\n`;
}

/** The same for an input of a run: one of the events that its log tells. */
export function failureAsJson(error: AsrError, input?: string): string {
  const named = input === undefined ? {} : { input };
  return `${safeJson({ level: "error", event: "failed", ...errorFields(error, named) })}\n`;
}

/** An error's fields as programs read them. */
export function errorFields(error: AsrError, subject: { readonly input?: string } = {}) {
  const { provider, vendorCode, requestId, reason, hint } = error.details;
  return {
    code: error.kind,
    exit_code: error.details.exitCode ?? EXIT_CODES[error.kind],
    message: error.message,
    ...subject,
    ...(provider === undefined ? {} : { provider }),
    ...(vendorCode === undefined ? {} : { vendor_code: vendorCode }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(reason === undefined ? {} : { reason }),
    retryable: error.retryable,
    ...(hint === undefined ? {} : { hint }),
  };
}

export function warningAsText(warning: Warning, paint: Paint, input?: string): string {
  const subject = subjectOf(warning.message, input);
  return `${paint.warning("asr: warning:")} ${subject}${sanitizeLine(warning.message)}\n`;
}

export function warningAsJson(warning: Warning, input?: string): string {
  return `${safeJson({
    level: "warning",
    code: warning.code,
    message: warning.message,
    ...(input === undefined ? {} : { input }),
  })}\n`;
}
