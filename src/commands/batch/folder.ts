/** The ledger of an output folder that a user names. */
import path from "node:path";
import { type LedgerReader, openReader } from "../../jobs/ledger/reader.ts";
import { systemClock } from "../../jobs/network.ts";
import type { World } from "../world.ts";

/** @throws AsrError kind "usage" for a folder without a ledger; "output" for a damaged one. */
export async function withLedger<Result>(
  out: string,
  { workingFolder, platform }: World,
  act: (reader: LedgerReader) => Result | Promise<Result>,
): Promise<Result> {
  const folder = path.resolve(workingFolder, out);
  const reader = await openReader({ folder, clock: systemClock, platform });
  try {
    return await act(reader);
  } finally {
    reader.close();
  }
}
