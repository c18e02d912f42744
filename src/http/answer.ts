/**
 * Reads a whole answer as text or JSON. What is neither gives an error that shows the first line
 * of what came: a gateway's page, a login form, half an answer.
 */
import { firstLine } from "./plain-text.ts";
import type { HttpResponse } from "./transport.ts";
import { unusableAnswer } from "./unusable-answer.ts";

export interface AnswerOptions {
  /** The most that is read. */
  readonly limitBytes?: number;
  /** Label of the text's encoding (WHATWG Encoding, 4.2): "utf-8", "gbk", "gb2312", "big5". */
  readonly encoding?: string;
  /** The answer holds a secret (a token call's): no error shows any of it. */
  readonly secret?: boolean;
}

/** Ten hours of transcript with word times are some 6 MB. */
const LIMIT_BYTES = 16 * 1024 * 1024;
/** Of an answer that is too long, enough for its first line. */
const SAMPLE_BYTES = 4096;

/**
 * The answer as text, whatever its status.
 *
 * @throws AsrError kind "network" where it is longer than the limit or not in the encoding.
 */
export async function readText(
  response: HttpResponse,
  { limitBytes = LIMIT_BYTES, encoding = "utf-8", secret = false }: AnswerOptions = {},
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of response.pieces()) {
    pieces.push(piece);
    sizeBytes += piece.byteLength;
    if (sizeBytes > limitBytes) {
      const sample = Buffer.concat(pieces).subarray(0, SAMPLE_BYTES).toString();
      throw unusableAnswer(response, "huge", secret ? "" : firstLine(sample));
    }
  }
  const bytes = Buffer.concat(pieces);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const sample = new TextDecoder(encoding).decode(bytes.subarray(0, SAMPLE_BYTES));
    throw unusableAnswer(response, "encoding", secret ? "" : firstLine(sample), {
      encoding,
      cause,
    });
  }
}

/**
 * The answer as JSON, whatever its status: most vendors explain their errors in it.
 *
 * @throws AsrError kind "usage" for a 404 and "quota" for a 429 that are not JSON, else "network";
 *   retryable, and `outcomeUnknown`, as the status says.
 */
export async function readJson(
  response: HttpResponse,
  options: AnswerOptions = {},
): Promise<unknown> {
  const text = await readText(response, options);
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause: V8's message quotes the text around the fault.
    throw unusableAnswer(response, faultOf(text), options.secret ? "" : firstLine(text));
  }
}

function faultOf(text: string): "empty" | "html" | "cut" | "not JSON" {
  const start = text.trimStart().slice(0, 100);
  if (start === "") return "empty";
  if (/^<(?:!doctype html|html|head|body|title|center|h1)\b/i.test(start)) return "html";
  return /^[[{]/.test(start) ? "cut" : "not JSON";
}
