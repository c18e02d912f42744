/**
 * Brings SQLite's log onto the disk while the work goes on. A commit that waited for the disk would
 * hold up all jobs for some milliseconds each; one that never asks loses up to half a minute of paid
 * answers when the power goes. The log's checksums tell what had arrived (SQLite, "WAL format").
 */
import { type FileHandle, open } from "node:fs/promises";

export class LogSync {
  readonly #file: string;
  #handle: FileHandle | undefined;
  #syncing: Promise<void> | undefined;
  #isWanted = false;

  /** @param database the database's file; open for as long as this is used */
  constructor(database: string) {
    // Only the database itself and its index are locked: this one may be opened beside SQLite.
    this.#file = `${database}-wal`;
  }

  /** Asks for what is written by now. */
  request(): void {
    this.#isWanted = true;
    this.#syncing ??= this.#sync().finally(() => {
      this.#syncing = undefined;
    });
  }

  /** Waits for what was asked. */
  async close(): Promise<void> {
    await this.#syncing;
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #sync(): Promise<void> {
    try {
      // Windows flushes only what may be written.
      this.#handle ??= await open(this.#file, "r+");
      while (this.#isWanted) {
        this.#isWanted = false;
        await this.#handle.datasync();
      }
    } catch {
      // Where it can't be asked for, the system brings it there in its own time.
    }
  }
}
