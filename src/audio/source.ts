/** Where bytes come from: a file, a named pipe, or a stream such as stdin. */
import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { audioError } from "../errors.ts";
import { openFifo } from "./fifo.ts";
import { openFileRanges } from "./file-ranges.ts";
import { alreadyReadError, readError } from "./read-error.ts";
import type { ByteSource, PassOptions } from "./types.ts";
import { waitingUntil } from "./waiting-until.ts";

/** Fresh chunks. Larger ones wait longer for the garbage collector: 117 MB instead of 72. */
const FRESH_BYTES = 64 * 1024;
/** Reused chunks. Larger ones save no more than a percent. */
const REUSED_BYTES = 256 * 1024;
/** A page of a file system. */
const LEAST_BYTES = 4096;
/** The chunk being read and the two that the reader may still look at. */
const RING_BUFFERS = 3;

/**
 * A file or a named pipe as a source. Nothing is held open between passes; a pass opens the file
 * at its first chunk and closes it when the loop ends, however it ends. A stretch of a file that
 * has become shorter meanwhile ends early, as a pass does.
 *
 * @param name what messages call it; the path as given unless said otherwise.
 * @throws AsrError kind "audio" where the path is missing, a folder, unreadable or a device.
 */
export async function fileSource(path: string, name: string = path): Promise<ByteSource> {
  const facts = await stat(path).catch((error: unknown) => {
    throw readError(name, error);
  });
  if (facts.isDirectory()) throw readError(name, { code: "EISDIR" });
  if (!facts.isFile() && !facts.isFIFO()) {
    throw audioError(
      `${name}: can't be read`,
      "name a file, or pipe the audio into stdin",
      "it is neither a file nor a pipe",
    );
  }
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw readError(name, error);
  });
  if (facts.isFIFO()) return once(name, (signal) => readStream(() => openFifo(path), name, signal));
  return {
    name,
    sizeBytes: facts.size,
    path: resolve(path),
    reopenable: true,
    open: (signal, options) => readFile({ path, name, sizeBytes: facts.size }, signal, options),
    openRanges: (signal) => openFileRanges(path, name, signal),
    openStretch: (startBytes, endBytes, signal, options) =>
      readFile({ path, name, startBytes, endBytes }, signal, options),
  };
}

/**
 * A stream that is already open (stdin) as a source. The stream is destroyed when the pass ends,
 * however it ends; a wait for data ends by the signal, not by leaving the loop.
 */
export function streamSource(stream: Readable, name: string): ByteSource {
  return once(name, (signal) => readStream(() => stream, name, signal));
}

function once(
  name: string,
  read: (signal: AbortSignal | undefined) => AsyncIterable<Uint8Array>,
): ByteSource {
  let opened = false;
  return {
    name,
    reopenable: false,
    open(signal) {
      if (opened) throw alreadyReadError(name);
      opened = true;
      return read(signal);
    },
  };
}

/** What of a file is read; all of it unless said otherwise. */
interface FileStretch {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  /** What it has, as far as is known: no larger buffers are made for it. */
  readonly sizeBytes?: number;
  readonly startBytes?: number;
  readonly endBytes?: number;
}

async function* readFile(
  { path, name, sizeBytes, startBytes = 0, endBytes = Number.POSITIVE_INFINITY }: FileStretch,
  signal: AbortSignal | undefined,
  options: PassOptions = {},
): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted();
  const handle = await open(path, "r").catch((error: unknown) => {
    throw readError(name, error);
  });
  try {
    const ring: Uint8Array[] = [];
    const chunkBytes = Math.min(
      options.reuseBuffers ? REUSED_BYTES : FRESH_BYTES,
      endBytes - startBytes,
      // It may grow while it is read.
      Math.max(sizeBytes ?? Number.POSITIVE_INFINITY, LEAST_BYTES),
    );
    for (let turn = 0, positionBytes = startBytes; positionBytes < endBytes; turn++) {
      let buffer: Uint8Array;
      if (options.reuseBuffers) {
        buffer = ring[turn % RING_BUFFERS] ??= new Uint8Array(chunkBytes);
      } else {
        buffer = Buffer.allocUnsafeSlow(chunkBytes);
      }
      const wantedBytes = Math.min(buffer.length, endBytes - positionBytes);
      const { bytesRead } = await handle
        .read(buffer, 0, wantedBytes, positionBytes)
        .catch((error: unknown) => {
          throw readError(name, error);
        });
      signal?.throwIfAborted();
      if (bytesRead === 0) return;
      positionBytes += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function* readStream(
  openStream: () => Readable | Promise<Readable>,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let stop: (() => void) | undefined;
  try {
    const stream = await openStream();
    stop = () => stream.destroy();
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) stop();
    // One made of a generator is not destroyed before that wakes, which may be never.
    for await (const chunk of waitingUntil<Uint8Array>(stream, signal)) {
      if (chunk.length > 0) yield chunk;
    }
    signal?.throwIfAborted();
  } catch (error) {
    signal?.throwIfAborted();
    throw readError(name, error);
  } finally {
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
  }
}
