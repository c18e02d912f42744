/** Named pipes (`mkfifo`, `<(…)` of a shell). */
import { constants, open } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

const openDescriptor = promisify(open);

/**
 * Opens a named pipe for reading, on the event loop: a plain `open` waits in one of libuv's four
 * threads until somebody writes, and can't be called back. Without blocking, `open` returns at
 * once, and Linux reports neither data nor an end before the first writer has come (fifo(7);
 * the kernel's fs/pipe.c, `fifo_open`).
 */
export async function openFifo(path: string): Promise<Readable> {
  const descriptor = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd: descriptor, readable: true, writable: false });
}
