/** An answer that never came from a network. */
import type { HttpResponse } from "../../src/http/transport.ts";

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Each string is one read. */
  readonly pieces?: readonly (string | Uint8Array)[];
  /** What breaks the answer after the last piece. */
  readonly failure?: Error;
}

export function fakeResponse({ status = 200, headers = {}, pieces = [], failure }: FakeAnswer) {
  let read = 0;
  const response: HttpResponse = {
    host: "asr.example",
    status,
    headers,
    async *pieces() {
      for (const piece of pieces) {
        read++;
        yield typeof piece === "string" ? Buffer.from(piece) : piece;
      }
      if (failure !== undefined) throw failure;
    },
  };
  return { ...response, readPieces: () => read };
}
