/** The audio of a job: a file below the worker's folder, or bytes that came through the queue. */
import { realpath, stat } from "node:fs/promises";
import { readError } from "../../audio/read-error.ts";
import { fileSource } from "../../audio/source.ts";
import type { ByteSource } from "../../audio/types.ts";
import { audioError } from "../../errors.ts";
import { isBelow } from "../../jobs/inputs/below.ts";
import type { InputPlace } from "../payload.ts";

type FilePlace = Extract<InputPlace, { kind: "path" }>;

/**
 * A file that the queue names. Whoever writes to the queue could name any: only what lies below
 * `root` is opened, wherever links lead.
 *
 * @param root absolute
 * @throws AsrError kind "audio" for one that is elsewhere, not there, or not as it was.
 */
export async function fileOfJob(
  { path, sizeBytes, modifiedMs }: FilePlace,
  name: string,
  root: string,
): Promise<ByteSource> {
  const follow = (file: string) =>
    realpath(file).catch((error: unknown) => {
      throw notSeen(name, error);
    });
  const realRoot = await follow(root);
  // Of what lies elsewhere nobody learns whether it is there.
  if (!isBelow(path, root) && !isBelow(path, realRoot)) throw outside(name, root);
  const real = await follow(path);
  if (!isBelow(real, realRoot)) throw outside(name, root);
  const facts = await stat(real);
  if (facts.size !== sizeBytes || facts.mtimeMs !== modifiedMs) {
    throw audioError(
      `${name}: was changed since it was put on the queue`,
      "run the command that submitted it again",
      "its size or its time is another one where the worker looks",
    );
  }
  return fileSource(real, name);
}

/** Bytes that are all there; what reads anywhere in a file can do so. */
export function bytesOfJob(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    reopenable: true,
    async *open(signal) {
      signal?.throwIfAborted();
      // A copy: whoever reads may write over what he was given.
      if (bytes.length > 0) yield bytes.slice();
    },
    async openRanges() {
      return {
        read: async (offsetBytes, lengthBytes) =>
          bytes.slice(offsetBytes, offsetBytes + lengthBytes),
        close: async () => {},
      };
    },
    async *openStretch(startBytes, endBytes, signal) {
      signal?.throwIfAborted();
      const stretch = bytes.slice(startBytes, endBytes);
      if (stretch.length > 0) yield stretch;
    },
  };
}

function outside(name: string, root: string): Error {
  return audioError(
    `${name}: is not below the folder that the worker reads`,
    "start the workers with --root and a folder that holds the recordings",
    `that is ${root}`,
  );
}

function notSeen(name: string, error: unknown): Error {
  const { message, details } = readError(name, error);
  return audioError(
    message,
    "mount the storage at the same place for the workers and for who submits",
    details.reason ?? "the worker does not see it",
  );
}
