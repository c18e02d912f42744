/** Errors from the platform's answers. */
import { AsrError } from "../../errors.ts";
import { firstLine } from "../../http/plain-text.ts";
import type { HttpResponse } from "../../http/transport.ts";
import { meaningOf } from "./codes.ts";
import type { Site } from "./site.ts";

/** What an error body says (`error` carries the log id and a link that leads to it). */
export interface Refused {
  readonly code: number;
  readonly msg?: string | undefined;
  readonly error?:
    | { readonly log_id?: string | undefined; readonly troubleshooter?: string | undefined }
    | undefined;
}

type Head = Pick<HttpResponse, "host" | "status" | "headers">;

/** The identifier that the vendor's support asks for. */
export function logIdOf({ headers }: Pick<HttpResponse, "headers">): string | undefined {
  return headers["x-tt-logid"] ?? headers["x-request-id"];
}

/** The error of an answer whose code is not 0. */
export function refusal(site: Site, refused: Refused, response: Head): AsrError {
  const { code, msg = "", error } = refused;
  const meaning = meaningOf(code, response.status);
  const said = firstLine(msg);
  const link = firstLine(error?.troubleshooter ?? "");
  const requestId = error?.log_id ?? logIdOf(response);
  return new AsrError(
    meaning.kind,
    said === "" ? meaning.what(site) : `${meaning.what(site)}: ${said}`,
    {
      ...(link === "" ? {} : { reason: link }),
      hint: meaning.hint(site),
      vendorCode: code,
      ...(requestId === undefined ? {} : { requestId: firstLine(requestId) }),
      retryable: meaning.retryable,
      stopsBatch: meaning.stopsBatch,
    },
  );
}

/** JSON that is no answer of the platform: without a code, or not for what was asked. */
export function strangeAnswer(site: Site, what: string, { host, status }: Head): AsrError {
  const message = `${host} sent ${what} (HTTP ${status})`;
  if (status === 404) {
    return new AsrError("usage", message, {
      hint: "check the address (baseUrl): host, path prefix and no more",
    });
  }
  if (status === 429) {
    return new AsrError("quota", message, { hint: "lower --concurrency", retryable: true });
  }
  return new AsrError("network", message, {
    reason: `${site.name} answers with a code, and with the identifiers that it was asked about`,
    hint: "check the address (baseUrl) and any gateway in between, then try again",
    retryable: status < 400 || status >= 500,
    ...(status < 400 ? { outcomeUnknown: true } : {}),
  });
}
