/** An input that ffmpeg is to read: which demuxer it needs, and its bytes where it has no path. */
import { SNIFF_BYTES, sniff } from "../../sniff.ts";
import type { ByteSource } from "../../types.ts";

export interface OpenedInput {
  /** What the input is, as `sniff` names it. */
  readonly contentId: string;
  /** All of its bytes, once; undefined where ffmpeg opens the file by its path. */
  readonly bytes?: () => AsyncIterable<Uint8Array>;
  /** Stops the reading. */
  close(): Promise<void>;
}

/**
 * Looks at the first bytes again: facts do not say which of the foreign containers it is.
 *
 * @throws what reading throws; the signal's reason.
 */
export async function openInput(source: ByteSource, signal?: AbortSignal): Promise<OpenedInput> {
  const stop = new AbortController();
  const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const pass = source.open(stopped)[Symbol.asyncIterator]();
  const close = async () => {
    stop.abort();
    await pass.return?.().catch(() => {});
  };
  const head: Uint8Array[] = [];
  try {
    let headBytes = 0;
    while (headBytes < SNIFF_BYTES) {
      const next = await pass.next();
      if (next.done) break;
      head.push(next.value);
      headBytes += next.value.length;
    }
  } catch (error) {
    await close();
    throw error;
  }
  const { id: contentId } = sniff(Buffer.concat(head).subarray(0, SNIFF_BYTES));
  if (source.path !== undefined) {
    await close();
    return { contentId, close: async () => {} };
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (let chunk = head.shift(); chunk !== undefined; chunk = head.shift()) yield chunk;
    for (;;) {
      const next = await pass.next();
      if (next.done) return;
      yield next.value;
    }
  }
  return { contentId, bytes, close };
}
