/**
 * Paths that stand for a descriptor this process was started with (`/dev/stdout`, `/dev/fd/3`,
 * `/proc/self/fd/3`; proc_pid_fd(5)). What is behind them belongs to whoever opened it: it is
 * written to and never replaced, a file that the shell opened included.
 */
import type { Folders } from "./folders.ts";
import { linksFrom } from "./link-target.ts";

const NAMED: Readonly<Record<string, number>> = {
  "/dev/stdin": 0,
  "/dev/stdout": 1,
  "/dev/stderr": 2,
};
const OWN = /^\/(?:dev|proc\/self|proc\/thread-self)\/fd\/(\d+)$/;
const ANY = /^\/proc\/\d+\/(?:task\/\d+\/)?fd\/\d+$/;

export const STDOUT_DESCRIPTOR = 1;

/**
 * @param file absolute; links to such a path count
 * @returns the descriptor's number; "other" for one of another process; undefined for all else
 */
export async function descriptorOf(
  file: string,
  folders?: Pick<Folders, "real">,
): Promise<number | "other" | undefined> {
  for await (const current of linksFrom(file, folders)) {
    const number = NAMED[current] ?? OWN.exec(current)?.[1];
    if (number !== undefined) return Number(number);
    if (ANY.test(current)) return "other";
  }
  return undefined;
}
