/** A pipe copied to a private temporary file, for those who need its length or several passes. */
import { randomUUID } from "node:crypto";
import { unlinkSync } from "node:fs";
import { type FileHandle, open, unlink } from "node:fs/promises";
import path from "node:path";
import { AsrError, messageOf, systemCode } from "../errors.ts";
import { fileSource } from "./source.ts";
import type { ByteSource, FilePiece } from "./types.ts";

export interface SpooledSource extends ByteSource {
  /** Removes the file. May be called again. */
  dispose(): Promise<void>;
  /** The same at once, for handlers of exit and signals. */
  disposeNow(): void;
}

/** The files that exist now, those still being written among them. */
const existing = new Set<string>();

/** Removes every spooled file at once, half-written ones too: for handlers of exit and signals. */
export function disposeSpooledNow(): void {
  for (const file of existing) removeNow(file);
}

/**
 * Copies a source into a file of `directory` that only this user can read (0600).
 *
 * @param onBytes is told how many have been written so far
 * @throws AsrError kind "output" where the file can't be written; whatever the source throws. The
 *   file is removed in both cases, and when the signal aborts.
 */
export async function spool(
  source: ByteSource,
  directory: string,
  signal?: AbortSignal,
  onBytes?: (sizeBytes: number) => void,
): Promise<SpooledSource> {
  const pieces = piecesOf(source.open(signal, { reuseBuffers: true }), onBytes);
  return spoolPieces(source.name, pieces, directory, signal);
}

async function* piecesOf(
  chunks: AsyncIterable<Uint8Array>,
  onBytes?: (sizeBytes: number) => void,
): AsyncGenerator<FilePiece> {
  let offsetBytes = 0;
  for await (const bytes of chunks) {
    yield { bytes, offsetBytes };
    offsetBytes += bytes.length;
    onBytes?.(offsetBytes);
  }
}

/** The same with pieces that say where in the file they belong. */
export async function spoolPieces(
  name: string,
  pieces: AsyncIterable<FilePiece>,
  directory: string,
  signal?: AbortSignal,
): Promise<SpooledSource> {
  signal?.throwIfAborted();
  const file = path.join(directory, `asr-${randomUUID()}.spool`);
  existing.add(file);
  try {
    await write(pieces, file, signal);
    const spooled = await fileSource(file, name);
    return { ...spooled, dispose: () => remove(file), disposeNow: () => removeNow(file) };
  } catch (error) {
    // Whatever stands in the way of that is not what the user must know.
    await remove(file).catch(() => {});
    throw error;
  }
}

async function write(
  pieces: AsyncIterable<FilePiece>,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const handle = await open(file, "wx", 0o600).catch((error: unknown) => {
    throw spoolError(file, error);
  });
  try {
    for await (const piece of pieces) await writeAll(handle, piece, file);
    signal?.throwIfAborted();
  } finally {
    await handle.close();
  }
}

async function writeAll(
  handle: FileHandle,
  { bytes, offsetBytes }: FilePiece,
  file: string,
): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle
      .write(bytes, written, undefined, offsetBytes + written)
      .catch((error: unknown) => {
        throw spoolError(file, error);
      });
    written += bytesWritten;
  }
}

async function remove(file: string): Promise<void> {
  if (!existing.delete(file)) return;
  await unlink(file).catch(ignoreMissing);
}

function removeNow(file: string): void {
  if (!existing.delete(file)) return;
  try {
    unlinkSync(file);
  } catch (error) {
    ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== "ENOENT") throw error;
}

function spoolError(file: string, error: unknown): AsrError {
  return new AsrError("output", `can't write the temporary file ${file}`, {
    reason: messageOf(error),
    hint: "free some space there, or name another folder in TMPDIR",
    cause: error,
  });
}
