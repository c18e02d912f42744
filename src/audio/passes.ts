/** Passes over an input whose beginning has been looked at. */
import { AsrError } from "../errors.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { alreadyReadError } from "./read-error.ts";
import type { ByteSource, PassOptions } from "./types.ts";

/** The most that is kept of a pipe while its header is read. */
const MAX_HEAD_BYTES = 16 * 1024 * 1024;

/** A pipe whose header needs more of it than is kept (an index at the end): a file has no such bound. */
export class LongHeaderError extends AsrError {
  /** All of the pipe from its first byte, once. */
  readonly open: (signal?: AbortSignal) => AsyncIterable<Uint8Array>;
  /** Lets go of the pipe; needed where it is not read on. */
  readonly close: () => Promise<void>;

  constructor(name: string, { open, close }: Pick<LongHeaderError, "open" | "close">) {
    super("audio", `${name}: its header is longer than ${MAX_HEAD_BYTES / 1024 / 1024} MiB`, {
      reason: "so much of a pipe is not kept in memory",
      hint: "save it to a file first and name that file",
    });
    this.open = open;
    this.close = close;
  }
}

/** An input that can be looked into before its passes. */
export interface Passes {
  /**
   * Reads the beginning; the passes still start at the first byte. Called once, first.
   *
   * @throws LongHeaderError, with the pipe still open; whatever `read` throws.
   */
  look<Facts>(read: (reader: ChunkReader) => Promise<Facts>): Promise<Facts>;
  open(signal?: AbortSignal, options?: PassOptions): AsyncIterable<Uint8Array>;
}

/** The passes of a source: any number for a file, one for a pipe, the look included. */
export function passesOf(source: ByteSource, signal?: AbortSignal): Passes {
  return source.reopenable ? filePasses(source, signal) : pipePass(source, signal);
}

function filePasses(source: ByteSource, signal?: AbortSignal): Passes {
  return {
    async look(read) {
      const reader = new ChunkReader(source.open(signal));
      try {
        return await read(reader);
      } finally {
        await reader.close();
      }
    },
    open: (passSignal, options) => source.open(passSignal, options),
  };
}

/** Keeps what was read while looking, and gives it out again before the rest. */
function pipePass(source: ByteSource, signal?: AbortSignal): Passes {
  const stop = new AbortController();
  let forget = follow(signal, stop);
  const pass = source.open(stop.signal)[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let opened = false;

  async function* keeping(): AsyncGenerator<Uint8Array> {
    let keptBytes = 0;
    for (;;) {
      const next = await pass.next();
      if (next.done) return;
      head.push(next.value);
      keptBytes += next.value.length;
      if (keptBytes > MAX_HEAD_BYTES) throw longHeader();
      yield next.value;
    }
  }

  function longHeader(): LongHeaderError {
    return new LongHeaderError(source.name, { open, close });
  }

  async function close(): Promise<void> {
    forget();
    await pass.return?.();
  }

  function open(passSignal?: AbortSignal): AsyncIterable<Uint8Array> {
    if (opened) throw alreadyReadError(source.name);
    opened = true;
    return replaying(passSignal);
  }

  async function* replaying(passSignal?: AbortSignal): AsyncGenerator<Uint8Array> {
    forget();
    forget = follow(passSignal, stop);
    try {
      for (let chunk = head.shift(); chunk !== undefined; chunk = head.shift()) {
        passSignal?.throwIfAborted();
        yield chunk;
      }
      for (;;) {
        const next = await pass.next();
        passSignal?.throwIfAborted();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await close();
    }
  }

  return {
    async look(read) {
      try {
        return await read(new ChunkReader(keeping()));
      } catch (error) {
        if (!(error instanceof LongHeaderError)) await close();
        throw error;
      }
    },
    open,
  };
}

/** Lets a signal stop the pass; the function returned takes that back. */
function follow(signal: AbortSignal | undefined, stop: AbortController): () => void {
  if (signal === undefined) return () => {};
  const abort = () => stop.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return () => signal.removeEventListener("abort", abort);
}
