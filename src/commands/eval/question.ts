/** What `asr eval` is asked, out of the operands and the settings. */
import { usageError } from "../../errors.ts";
import { STDIN_NAME } from "../../jobs/inputs/inputs.ts";
import type { Settings } from "../../settings/load.ts";
import type { World } from "../world.ts";
import { type EvalPairs, listedPairs, matchedPairs } from "./pairs.ts";

export interface Question {
  /** The hypotheses as reports name them. */
  readonly name: string;
  readonly find: () => Promise<EvalPairs>;
  readonly findAgainst?: () => Promise<EvalPairs>;
}

/** @throws AsrError kind "usage" for settings that contradict each other, or ask for nothing. */
export function questionOf(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Question {
  const { values, sources } = settings;
  const { reference, pairs, against } = values;
  if (sources.tolerance === "flag" && values.baseline === undefined) {
    throw usageError("--tolerance is for --baseline", "name an earlier report, or leave it out");
  }
  const readers = [...operands, reference, pairs, against].filter((name) => name === STDIN_NAME);
  if (readers.length > 1) {
    throw usageError("stdin can be read only once", `name "-" only once, and files for the others`);
  }
  if (pairs !== undefined) {
    if (operands.length > 0 || reference !== undefined || against !== undefined) {
      throw usageError(
        "--pairs names hypotheses and references itself",
        "leave out other hypotheses, --reference and --against, or leave out --pairs",
      );
    }
    return { name: pairs, find: () => listedPairs(pairs, world) };
  }
  if (reference === undefined) {
    throw usageError(
      "no reference",
      "name what was said: asr eval talk.txt --reference talk.ref.txt",
    );
  }
  const isPiped = operands.length === 0 && !world.stdin.isTerminal && readers.length === 0;
  const named = isPiped ? [STDIN_NAME] : operands;
  if (named.length === 0) {
    throw usageError("no hypothesis", "name a transcript: asr eval talk.txt --reference ref.txt");
  }
  return {
    name: named.join(", "),
    find: () => matchedPairs(named, reference, world),
    ...(against === undefined
      ? {}
      : { findAgainst: () => matchedPairs([against], reference, world) }),
  };
}
