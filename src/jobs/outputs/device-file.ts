/**
 * Results into named pipes, terminals and other devices, and descriptors that somebody else
 * opened. An `open` or `write` that waits does so in one of libuv's four threads and can't be
 * called back, not even by the end of the process: so both are told not to wait, and tried again.
 */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { systemCode } from "../../errors.ts";
import { openDirectFile } from "./direct-file.ts";
import type { ResultTarget, SinkContext } from "./results.ts";

const PAUSE_MS = 50;

/** Written at the end: a file that the shell opened with `>>` keeps what it holds. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0);

export type DeviceContext = Pick<SinkContext, "signal" | "clock">;

/** Tries until it fails with something else than `code`, or the signal ends the wait. */
async function untilReady<Result>(
  attempt: () => Promise<Result>,
  code: string,
  { signal, clock }: DeviceContext,
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (systemCode(error) !== code) throw error;
    }
    await clock.sleep(PAUSE_MS, signal);
  }
}

/**
 * @param waitsForReader true for a named pipe: until it has a reader, `open` gives ENXIO (fifo(7))
 */
export function openDevice(
  file: string,
  waitsForReader: boolean,
  context: DeviceContext,
): ResultTarget {
  return openDirectFile(file, {
    open: () =>
      waitsForReader ? untilReady(() => open(file, FLAGS), "ENXIO", context) : open(file, FLAGS),
    async write(handle, text) {
      const bytes = Buffer.from(text);
      for (let offset = 0; offset < bytes.length; ) {
        // EAGAIN: the pipe is full, its reader is slow.
        const attempt = () => handle.write(bytes, offset);
        offset += (await untilReady(attempt, "EAGAIN", context)).bytesWritten;
      }
    },
  });
}
