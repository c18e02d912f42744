/** The SHA-256 of an input, taken while it is read for something else. */
import { createHash } from "node:crypto";
import { AsrError } from "../errors.ts";
import type { ByteSource } from "./types.ts";

export interface DigestedSource {
  /** Read this one in place of the original. */
  readonly source: ByteSource;
  /**
   * The SHA-256 of the whole input, in hexadecimal. Reads what no pass has read yet: of a file
   * in one more pass, of a pipe the rest.
   *
   * @throws AsrError kind "audio" where a pipe broke or was stopped before its end.
   */
  sha256(signal?: AbortSignal): Promise<string>;
  /** Lets go of a pipe whose checksum nobody will ask for. */
  close(): Promise<void>;
}

/**
 * Hashes each byte the first time that any pass comes to it; ranges and stretches, which may leave
 * bytes out before them, don't count. A pipe whose reader leaves early stays open for `sha256()`,
 * until that, `close()` or its signal closes it.
 */
export function digesting(source: ByteSource): DigestedSource {
  const hash = createHash("sha256");
  let hashedBytes = 0;
  let digest: string | undefined;
  let pipe: AsyncIterator<Uint8Array> | undefined;

  /** Takes in a chunk of any pass; only what lies past the last hashed byte counts. */
  function take(chunk: Uint8Array, positionBytes: number): void {
    const knownBytes = hashedBytes - positionBytes;
    if (digest !== undefined || knownBytes >= chunk.length) return;
    hash.update(knownBytes === 0 ? chunk : chunk.subarray(knownBytes));
    hashedBytes = positionBytes + chunk.length;
  }

  async function* pass(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let positionBytes = 0;
    for await (const chunk of chunks) {
      take(chunk, positionBytes);
      positionBytes += chunk.length;
      yield chunk;
    }
    digest ??= hash.digest("hex");
  }

  /** The rest of a pipe, which leaving a loop over it does not close. */
  function kept(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const iterator = pass(chunks)[Symbol.asyncIterator]();
    pipe = iterator;
    return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) };
  }

  return {
    source: {
      name: source.name,
      reopenable: source.reopenable,
      ...(source.sizeBytes === undefined ? {} : { sizeBytes: source.sizeBytes }),
      ...(source.path === undefined ? {} : { path: source.path }),
      ...(source.openRanges === undefined ? {} : { openRanges: source.openRanges.bind(source) }),
      ...(source.openStretch === undefined ? {} : { openStretch: source.openStretch.bind(source) }),
      open(signal, options) {
        const chunks = source.open(signal, options);
        return source.reopenable ? pass(chunks) : kept(chunks);
      },
    },
    async sha256(signal) {
      if (digest === undefined) {
        const rest = pipe ?? pass(source.open(signal, { reuseBuffers: true }));
        for (;;) if ((await rest.next()).done) break;
      }
      if (digest !== undefined) return digest;
      throw new AsrError("audio", `${source.name}: its checksum can't be told`, {
        reason: "it was not read to its end",
      });
    },
    async close() {
      await pipe?.return?.();
    },
  };
}
