/** What is in the places of an input's results, against what its ledger says of them. Pure. */
import { AsrError } from "../../errors.ts";
import type { OutputRow } from "./rows.ts";

/**
 * - `missing`: no file, or an empty one: what a power cut leaves of a result
 * - `ours`: this input's result, as it was written
 * - `foreign`: a file that is not this input's result
 * - `corrected`: this input's result, with another size: somebody has worked on it
 */
export type OutputState = "missing" | "ours" | "foreign" | "corrected";

export interface OutputQuestion {
  /** Of the output, absolute. */
  readonly path: string;
  /** As `OutputFile` has it; "" for none. */
  readonly variant: string;
  /** Row of the input. */
  readonly input: number;
  /** What the ledger says of the path. */
  readonly known: OutputRow | undefined;
  /** Of the file there; undefined for none. */
  readonly sizeBytes: number | undefined;
}

export interface OutputLook {
  /** Absolute. */
  readonly path: string;
  readonly state: OutputState;
  /** Whether it was written to its end, by settings that write the same. */
  readonly isCurrent: boolean;
  /** The input whose result it is by the ledger: absolute, or "-". */
  readonly owner: string | undefined;
}

export function lookOf({ path, variant, input, known, sizeBytes }: OutputQuestion): OutputLook {
  const own = known?.input === input ? known : undefined;
  return {
    path,
    state: stateOf(own, sizeBytes),
    isCurrent: own !== undefined && own.sizeBytes !== null && own.variant === variant,
    owner: known?.inputPath,
  };
}

function stateOf(own: OutputRow | undefined, sizeBytes: number | undefined): OutputState {
  if (sizeBytes === undefined) return "missing";
  if (own === undefined) return "foreign";
  if (own.sizeBytes === null || own.sizeBytes === sizeBytes) return "ours";
  return sizeBytes === 0 ? "missing" : "corrected";
}

/** Whether nothing need be written. Whoever corrects a result changes its size: it stays. */
export function areAllThere(looks: readonly OutputLook[]): boolean {
  return looks.every(
    ({ state, isCurrent }) => isCurrent && (state === "ours" || state === "corrected"),
  );
}

/** Why the results can't be put where they belong; undefined where they can. */
export function inTheWay(looks: readonly OutputLook[]): AsrError | undefined {
  const foreign = looks.find(({ state }) => state === "foreign");
  if (foreign === undefined) return undefined;
  const { path, owner } = foreign;
  return new AsrError("output", `${path} is there already`, {
    reason:
      owner === undefined
        ? "it is not this input's result, by all that the folder's ledger knows"
        : `by the folder's ledger it is the result of ${owner}`,
    hint: "add --force to replace it, or choose another -o",
  });
}

/** Why the results can't be written anew; undefined where they can. */
export function correctedSince(looks: readonly OutputLook[]): AsrError | undefined {
  const corrected = looks.find(({ state }) => state === "corrected");
  if (corrected === undefined) return undefined;
  return new AsrError("output", `${corrected.path} was changed since asr wrote it`, {
    reason: "this run's settings ask for it anew",
    hint: "move it away to keep it, or add --force to replace it",
  });
}
