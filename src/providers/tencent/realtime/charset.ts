/** Encodings of answers (`result_text_format`; realtime document, URL parameters). */
import type { HttpResponse } from "../../../http/transport.ts";

/** `result_text_format` → label of the encoding. WHATWG reads GB2312 as GBK, which contains it. */
const RESULT_TEXT_FORMATS = ["utf-8", "gb2312", "gbk", "big5"] as const;

/**
 * The encodings to try, in order.
 *
 * With a template the request does not say which it is: `result_text_format` then only tells us.
 * Without that word UTF-8 is tried, which no text in another encoding passes for, and then GBK,
 * the likeliest of the others: BIG5 cannot be told from it.
 *
 * Asked for anything else, an answer may still be UTF-8: what is refused early knows no format.
 */
export function encodingsOf(template: string | undefined, format: number | undefined): string[] {
  const asked = format === undefined ? undefined : RESULT_TEXT_FORMATS[format];
  if (asked === undefined) return template === undefined ? ["utf-8"] : ["utf-8", "gbk"];
  return asked === "utf-8" ? ["utf-8"] : [asked, "utf-8"];
}

/** The most that is held of an answer; two hours of sentences in the last one are a tenth of it. */
const LIMIT_BYTES = 4 * 1024 * 1024;

/** An answer that may be read more than once, and the first encoding that its bytes are valid in. */
export async function withEncoding(
  response: HttpResponse,
  encodings: readonly string[],
): Promise<{
  readonly response: HttpResponse;
  readonly encoding: string;
  readonly limitBytes: number;
}> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of response.pieces()) {
    pieces.push(piece);
    sizeBytes += piece.byteLength;
    if (sizeBytes > LIMIT_BYTES) break;
  }
  const bytes = Buffer.concat(pieces);
  const [first = "utf-8"] = encodings;
  const encoding = encodings.find((label) => isValid(bytes, label)) ?? first;
  return {
    encoding,
    limitBytes: LIMIT_BYTES,
    response: {
      ...response,
      async *pieces() {
        yield bytes;
      },
    },
  };
}

function isValid(bytes: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
