/** A pipe in a file, for as long as it is needed. */
import { disposeSpooledNow, spool } from "../audio/spool.ts";
import type { ByteSource } from "../audio/types.ts";

export interface SpoolPlace {
  readonly temporaryFolder: string;
  readonly onExit: (cleanup: () => void) => () => void;
  readonly signal: AbortSignal;
}

/** Has a pipe in a file for as long as `use` takes; the file is gone however that ends. */
export async function withSpool<Result>(
  piped: ByteSource,
  { temporaryFolder, onExit, signal }: SpoolPlace,
  use: (spooled: ByteSource) => Promise<Result>,
): Promise<Result> {
  const forget = onExit(disposeSpooledNow);
  try {
    const spooled = await spool(piped, temporaryFolder, signal);
    try {
      return await use(spooled);
    } finally {
      await spooled.dispose();
    }
  } finally {
    forget();
  }
}
