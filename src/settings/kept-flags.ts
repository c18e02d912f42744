/** The flags of a command line as plain data, to be kept and given again. */
import path from "node:path";
import { type AsrError, usageError } from "../errors.ts";
import { isPath } from "./file-paths.ts";
import type { GivenFlag, GivenFlags } from "./flags.ts";
import { OPTION_ROWS, type OptionKey, type OptionRow } from "./options.ts";
import { flagOf, negatedFlagOf } from "./spelling.ts";

/** By option key: whether on, or the texts after the flag, one each time it was given. */
export type KeptFlags = Readonly<Record<string, GivenFlag["value"]>>;

/** What is of one run alone: what it names, what it only tells, and how. */
const OF_ONE_RUN: ReadonlySet<string> = new Set<OptionKey>([
  "from",
  "null",
  "output",
  "resume",
  "dryRun",
  "json",
  "quiet",
  "verbose",
  "color",
  "logFormat",
  "queue",
]);

/** What a stranger could lead credentials elsewhere by, or have run. */
function isDelicate({ row, value }: GivenFlag): boolean {
  const texts = typeof value === "boolean" ? [] : value;
  return (
    row.key === "config" ||
    row.refusedUntrusted === "always" ||
    (row.refusedUntrusted === "path" && texts.some((text) => isPath(row, text)))
  );
}

export function keptFlags(flags: GivenFlags): KeptFlags {
  const kept = [...flags].filter(([key]) => !OF_ONE_RUN.has(key));
  return Object.fromEntries(kept.map(([key, { value }]) => [key, value]));
}

/**
 * Flags that were kept, after those of the command line that asks for them again: these go first,
 * and maps are merged.
 *
 * @throws AsrError kind "usage" for a kept flag that there is not, or that whoever wrote it down
 *   must not decide.
 */
export function givenAgain(kept: KeptFlags, own: GivenFlags): GivenFlags {
  const merged = new Map<string, GivenFlag>(own);
  for (const [key, value] of Object.entries(kept)) {
    const flag = flagOfKey(key, value);
    const { row } = flag;
    const given = own.get(key);
    if (given === undefined) {
      const excluded = OPTION_ROWS.some((other) => contradict(row, other) && own.has(other.key));
      if (excluded) continue;
      if (isDelicate(flag)) throw delicate(flag);
      if (row.path === true && textsOf(value).includes("-")) throw readOnce(flag);
      merged.set(key, flag);
    } else if (row.value.kind === "map") {
      merged.set(key, { ...given, value: [...textsOf(value), ...textsOf(given.value)] });
    }
  }
  return merged;
}

/** The same flags, with paths that hold wherever they are read. */
export function withWholePaths(flags: GivenFlags, workingFolder: string): GivenFlags {
  const whole = ({ row, value, ...rest }: GivenFlag): GivenFlag => ({
    ...rest,
    row,
    value:
      typeof value === "boolean"
        ? value
        : value.map((text) =>
            isPath(row, text) || row.key === "config" ? path.resolve(workingFolder, text) : text,
          ),
  });
  return new Map([...flags].map(([key, flag]) => [key, whole(flag)]));
}

/**
 * A flag as if it had been given.
 *
 * @throws AsrError kind "usage" where there is no such option.
 */
export function flagOfKey(key: string, value: GivenFlag["value"]): GivenFlag {
  const row = OPTION_ROWS.find((known) => known.key === key);
  if (row !== undefined) return { row, spelling: spellingOf(key, value), value };
  throw usageError(
    `the earlier run was given ${flagOf(key)}, which this asr does not know`,
    "use the version that began it",
  );
}

function contradict(one: OptionRow, other: OptionRow): boolean {
  return one.excludes === other.key || other.excludes === one.key;
}

function spellingOf(key: string, value: GivenFlag["value"]): string {
  return value === false ? (negatedFlagOf(key) ?? flagOf(key)) : flagOf(key);
}

function textsOf(value: GivenFlag["value"]): readonly string[] {
  return typeof value === "boolean" ? [] : value;
}

function readOnce({ spelling }: GivenFlag): AsrError {
  return usageError(
    `the earlier run read stdin for ${spelling}, which can't be read again`,
    `put it into a file, and add ${spelling} FILE`,
  );
}

function delicate({ spelling, value }: GivenFlag): AsrError {
  return usageError(
    `the earlier run was given ${spelling}, and that must be said again`,
    `add ${spelling} ${textsOf(value).join(",")}`,
    "whoever wrote the ledger could lead audio and credentials elsewhere by it",
  );
}
