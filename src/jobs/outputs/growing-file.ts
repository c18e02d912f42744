/** A result file that is of use while it grows (`jsonl`). */
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { openDirectFile } from "./direct-file.ts";
import { bytesOnDisk, nameOnDisk } from "./on-disk.ts";
import type { ResultTarget } from "./results.ts";

/** @param file absolute; made with its folders, or emptied, by the first text */
export function openGrowingFile(file: string): ResultTarget {
  return openDirectFile(file, {
    async open() {
      await mkdir(path.dirname(file), { recursive: true });
      return open(file, "w");
    },
    write: (handle, text) => handle.appendFile(text),
    async complete(handle) {
      await bytesOnDisk(handle);
      await nameOnDisk(file);
    },
  });
}
