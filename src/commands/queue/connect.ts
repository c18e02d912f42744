/** The queue that the settings name. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { systemCode, usageError } from "../../errors.ts";
import type { RedisConnection } from "../../queue/redis/connection.ts";
import type { Settings } from "../../settings/load.ts";
import type { World } from "../world.ts";

/** @throws AsrError for a queue that can't be had by waiting; the signal's reason. */
export async function connectQueue(
  url: string,
  { values: { caFile } }: Settings,
  { workingFolder, console, signal }: World,
): Promise<RedisConnection> {
  const caPem = caFile === undefined ? {} : { caPem: await certificatesIn(caFile, workingFolder) };
  const { connectRedis } = await import("../../queue/redis/connection.ts");
  return connectRedis({ url, ...caPem, signal, tell: (line) => console.note(line) });
}

async function certificatesIn(file: string, workingFolder: string): Promise<string> {
  try {
    return await readFile(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    throw usageError(
      `can't read the certificates in ${file}`,
      "check --ca-file",
      systemCode(error),
    );
  }
}

/** @throws AsrError kind "usage" where no queue is named. */
export function queueUrl({ values: { queue } }: Settings): string {
  if (queue !== undefined) return queue;
  throw usageError(
    "no queue is named",
    "name its Redis: --queue redis://HOST:PORT, or ASR_QUEUE where it has a password",
  );
}
