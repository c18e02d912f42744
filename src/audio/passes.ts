/** Passes over an input whose beginning has been looked at. */
import { audioError } from "../errors.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { alreadyReadError } from "./read-error.ts";
import type { ByteSource, PassOptions } from "./types.ts";

/** The most that is kept of a pipe while its header is read. */
const MAX_HEAD_BYTES = 16 * 1024 * 1024;

/** An input that can be looked into before its passes. */
export interface Passes {
  /** Reads the beginning; the passes still start at the first byte. Called once, first. */
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
      if (keptBytes > MAX_HEAD_BYTES) throw longHeadError(source.name);
      yield next.value;
    }
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
      forget();
      await pass.return?.();
    }
  }

  return {
    async look(read) {
      try {
        return await read(new ChunkReader(keeping()));
      } catch (error) {
        forget();
        await pass.return?.();
        throw error;
      }
    },
    open(passSignal) {
      if (opened) throw alreadyReadError(source.name);
      opened = true;
      return replaying(passSignal);
    },
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

function longHeadError(name: string): Error {
  return audioError(
    `${name}: its header is longer than ${MAX_HEAD_BYTES / 1024 / 1024} MiB`,
    "save it to a file first and name that file",
    "so much of a pipe is not kept in memory",
  );
}
