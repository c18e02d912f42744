/** What is scored against what, out of the operands and the settings. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { hasAudioName } from "../../audio/audio-name.ts";
import { systemCode, usageError } from "../../errors.ts";
import { STDIN_NAME } from "../../jobs/inputs/inputs.ts";
import { pathInputs } from "../../jobs/inputs/path-inputs.ts";
import { extensionOf } from "../../jobs/outputs/outputs.ts";
import { keyOf, matchByName } from "../../scoring/pairing.ts";
import { readPairList } from "../../scoring/reading/pair-list.ts";
import { TEXT_EXTENSIONS } from "../said-text.ts";
import type { World } from "../world.ts";
import { type Item, isSamePath, readStdin, type Side, sideOf } from "./sides.ts";

/** A reference as a file or as the text itself. */
export type Reference = Item | { readonly name: string; readonly text: string };

export interface EvalPair {
  /** As reports name it. */
  readonly name: string;
  readonly reference: Reference;
  /** Undefined where there is none. */
  readonly hypothesis: Item | undefined;
}

export interface EvalPairs {
  readonly pairs: readonly EvalPair[];
  /** Names of hypotheses without a reference. */
  readonly unexpected: readonly string[];
}

/** Hypotheses and references of one name. */
export async function matchedPairs(
  operands: readonly string[],
  reference: string,
  world: World,
): Promise<EvalPairs> {
  const references = await sideOf([reference], "none", world);
  refuseRecording(references, reference);
  const isOwnFolder = operands.length === 1 && isSamePath(operands[0] ?? "", reference, world);
  const hypotheses = await sideOf(operands, isOwnFolder ? "only" : "heard", world);
  const [onlyHypothesis] = hypotheses.items;
  const [onlyReference] = references.items;
  if (hypotheses.isOne && references.isOne && onlyHypothesis && onlyReference) {
    const { name } = onlyHypothesis.name === STDIN_NAME ? onlyReference : onlyHypothesis;
    return {
      pairs: [{ name, reference: onlyReference, hypothesis: onlyHypothesis }],
      unexpected: [],
    };
  }
  const matches = matchByName(hypotheses.items, references.items, hasAudioName);
  if (matches.pairs.length === 0) {
    throw usageError(
      "no pair: no hypothesis has the name of a reference",
      "names are compared below the folders and without extensions: hyp/a/1.srt and ref/a/1.txt",
      `${hypotheses.items.length} hypotheses, ${references.items.length} references`,
    );
  }
  return {
    pairs: [
      ...matches.pairs.map((pair) => ({ ...pair, name: pair.key })),
      ...matches.missing.map((item) => ({
        name: keyOf(item, hasAudioName),
        reference: item,
        hypothesis: undefined,
      })),
    ],
    unexpected: matches.unexpected.map(({ name }) => name),
  };
}

function refuseRecording({ items: [first] }: Side, name: string): void {
  if (first?.explicit && hasAudioName(first.name)) {
    throw usageError(`${name} is a recording, and no reference`, "name what was said in it");
  }
}

/** The pairs of a list. Paths are relative to the working folder, as those of `--from`. */
export async function listedPairs(list: string, world: World): Promise<EvalPairs> {
  const name = list === STDIN_NAME ? "stdin" : list;
  const content =
    list === STDIN_NAME
      ? await readStdin(world)
      : await readFile(path.resolve(world.workingFolder, list), "utf8").catch((error: unknown) => {
          throw usageError(`can't read the pairs in ${list}`, "check the path", systemCode(error));
        });
  const seen = new Set<string>();
  const pairs: EvalPair[] = [];
  const unexpected: string[] = [];
  for (const { hypothesis, reference, place } of readPairList(content, name)) {
    if (seen.has(hypothesis)) {
      throw usageError(`${place}: ${hypothesis} is there twice`, "name each hypothesis once");
    }
    seen.add(hypothesis);
    const said = await referenceOf(reference, world);
    if (said === undefined) unexpected.push(hypothesis);
    else
      pairs.push({
        name: hypothesis,
        reference: said,
        hypothesis: await fileAt(hypothesis, world),
      });
  }
  if (pairs.length === 0 && unexpected.length === 0) {
    throw usageError(
      `no pair: ${name} holds none`,
      "a line is a hypothesis, a tab and its reference",
    );
  }
  return { pairs, unexpected };
}

/** A file; undefined where there is none. */
async function fileAt(name: string, { workingFolder, signal }: World): Promise<Item | undefined> {
  const found = await pathInputs(name, { workingFolder, signal });
  if (found?.several) {
    throw usageError(`${name} is a folder`, "a pair is of files: give folders without --pairs");
  }
  return found?.found[0];
}

/** What looks like a file's name and is none is missing, and no text that somebody said. */
async function referenceOf(cell: string, world: World): Promise<Reference | undefined> {
  const file = cell === "" || cell.length > 1000 ? undefined : await fileAt(cell, world);
  if (file !== undefined) return file;
  const isName = !/\s/.test(cell) && TEXT_EXTENSIONS.includes(extensionOf(cell));
  return isName ? undefined : { name: cell, text: cell };
}
