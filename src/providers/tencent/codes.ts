/** Error codes as data, and the errors that are made of them. */
import { AsrError, type ErrorKind } from "../../errors.ts";
import { firstLine } from "../../http/plain-text.ts";

/** What a code of the vendor means for the user and for the program. */
export interface CodeRow {
  readonly kind: ErrorKind;
  /** The document's words, in English. */
  readonly meaning: string;
  readonly hint: string;
  /** The same request may succeed when it is sent again. */
  readonly retryable?: boolean;
  /** Every other job of the account would fail alike. */
  readonly stopsBatch?: boolean;
}

/** An API with its error codes. */
export interface CodedApi<R extends CodeRow = CodeRow> {
  /** Provider id. */
  readonly id: string;
  /** For messages. */
  readonly name: string;
  readonly codes: Readonly<Record<number, R>>;
}

/** What an answer says of its failure. */
export interface Failure {
  readonly code: number;
  readonly message: string;
  readonly requestId?: string;
}

/** For codes that no document names. */
const UNKNOWN_CODE: CodeRow = {
  kind: "recognition",
  meaning: "a code that is in no document",
  hint: "try again later; if it stays, ask Tencent Cloud's support, with the request id",
};

export function rowOf<R extends CodeRow>(api: CodedApi<R>, code: number): R | undefined {
  return Object.hasOwn(api.codes, code) ? api.codes[code] : undefined;
}

/** The error for a code; the vendor's message is shown as it came. */
export function codeError(api: CodedApi, { code, message, requestId }: Failure): AsrError {
  const row = rowOf(api, code) ?? UNKNOWN_CODE;
  const shown = firstLine(message);
  return new AsrError(row.kind, `${api.name}: ${shown === "" ? row.meaning : shown}`, {
    ...(shown === "" ? {} : { reason: row.meaning }),
    hint: row.hint,
    provider: api.id,
    vendorCode: code,
    ...(requestId === undefined ? {} : { requestId }),
    retryable: row.retryable ?? false,
    stopsBatch: row.stopsBatch ?? false,
  });
}
