/** A result that goes straight to its place, piece by piece. */
import type { FileHandle } from "node:fs/promises";
import type { ResultTarget } from "./results.ts";
import { writeError } from "./write-error.ts";

export interface DirectAccess {
  open(): Promise<FileHandle>;
  write(handle: FileHandle, text: string): Promise<void>;
  /** Before it is closed as a whole result. */
  complete?(handle: FileHandle): Promise<void>;
}

/** Opened by the first text; what was written stays, however the job ends. */
export function openDirectFile(
  file: string,
  { open, write, complete }: DirectAccess,
): ResultTarget {
  let opening: Promise<FileHandle> | undefined;
  let ended = false;
  const handle = (): Promise<FileHandle> => {
    opening ??= open();
    return opening;
  };
  async function leave(): Promise<void> {
    if (ended) return;
    ended = true;
    try {
      await (await opening)?.close();
    } catch {
      // The error that this job failed with is the one to report.
    }
  }
  return {
    async append(text) {
      try {
        await write(await handle(), text);
      } catch (error) {
        throw writeError(file, error);
      }
    },
    async commit() {
      ended = true;
      try {
        const written = await handle();
        try {
          await complete?.(written);
        } finally {
          await written.close();
        }
      } catch (error) {
        throw writeError(file, error);
      }
    },
    discard: leave,
    async keep() {
      await leave();
      return undefined;
    },
  };
}
