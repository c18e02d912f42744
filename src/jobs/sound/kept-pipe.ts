/** The bytes of a pipe, kept while they pass for something else. */
import type { ByteSource } from "../../audio/types.ts";

export interface KeptPipe {
  /** Read this one in place of the pipe. */
  readonly source: ByteSource;
  /** What has passed; undefined where that was more than may be kept. */
  bytes(): Uint8Array | undefined;
}

/** @param mostBytes what memory may hold of it: of a longer one nothing is kept */
export function keepingBytes(pipe: ByteSource, mostBytes: number): KeptPipe {
  let chunks: Uint8Array[] | undefined = [];
  let keptBytes = 0;
  async function* pass(passing: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of passing) {
      keptBytes += chunk.length;
      if (keptBytes > mostBytes) chunks = undefined;
      chunks?.push(chunk);
      yield chunk;
    }
  }
  return {
    source: { ...pipe, open: (signal, options) => pass(pipe.open(signal, options)) },
    bytes: () => (chunks === undefined ? undefined : Buffer.concat(chunks)),
  };
}
