/** What a user is told when the ledger can't be used. */
import { AsrError, messageOf, systemCode } from "../../errors.ts";

/** Result codes of SQLite (its document "Result and Error Codes"), without their extensions. */
const BUSY = 5;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

const DAMAGED: readonly [string, string] = [
  "it is damaged, or no ledger at all",
  "move it away and start again with --force, or into another folder: what is done is only told by it",
];

const REASONS: Readonly<Record<number, readonly [reason: string, hint: string]>> = {
  [BUSY]: [
    "another program has kept it locked for too long",
    "end what reads it, and start again: what was finished is not done again",
  ],
  [READONLY]: ["you may not write there", "check the permissions, or choose another -o"],
  [CORRUPT]: DAMAGED,
  [FULL]: ["the disk is full", "free some space and start again: what was finished is kept"],
  [NOT_A_DATABASE]: DAMAGED,
};

const OTHERWISE = "check the folder and its disk, or go without a ledger: --no-resume";

/**
 * Turns whatever was met at a ledger into an `AsrError` of kind "output": all jobs need it.
 *
 * @param otherwise what to do where nothing more is known
 */
export function ledgerError(file: string, error: unknown, otherwise = OTHERWISE): AsrError {
  if (error instanceof AsrError) return error;
  const [reason, hint] = REASONS[resultCode(error) ?? -1] ?? [
    systemCode(error) === "ERR_SQLITE_ERROR"
      ? messageOf(error)
      : (systemCode(error) ?? messageOf(error)),
    otherwise,
  ];
  return new AsrError("output", `can't use the ledger ${file}`, {
    reason,
    hint,
    stopsBatch: true,
    cause: error,
  });
}

/** The primary result code of an SQLite error. */
function resultCode(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
}
