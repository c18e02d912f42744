/** The cases that `asr verify` is to run, out of its operands and filters. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { hasAudioName } from "../../audio/audio-name.ts";
import { systemCode, usageError } from "../../errors.ts";
import { pathInputs } from "../../jobs/inputs/path-inputs.ts";
import { PROVIDER_IDS } from "../../providers/registry.ts";
import type { Settings } from "../../settings/load.ts";
import type { Case } from "../../verify/case.ts";
import { readCaseFile } from "../../verify/case-file.ts";
import { casesIn, isCaseFile } from "../../verify/find-cases.ts";
import type { World } from "../world.ts";

/** A case with its folder on this machine. */
export interface LocatedCase {
  /** Unique among all folders. */
  readonly name: string;
  readonly declared: Case;
  /** Absolute; the paths of the case are below it. */
  readonly folder: string;
}

/**
 * In the order of the folders and, in each, of the names.
 *
 * @throws AsrError kind "usage" for a folder that is not there, a case that can't be read, and
 *   where no case is left to run
 */
export async function findCases(
  operands: readonly string[],
  { values: { name, tag } }: Settings,
  world: World,
): Promise<LocatedCase[]> {
  const found: LocatedCase[] = [];
  for (const operand of operands) {
    const cases = await casesOf(operand, world);
    found.push(
      ...cases.map((one) => ({
        ...one,
        name: operands.length === 1 ? one.name : path.posix.join(operand, one.name),
      })),
    );
  }
  const places = operands.join(", ");
  if (found.length === 0) {
    throw usageError(
      `no case in ${places}`,
      "a case is talk.wav with talk.expected.txt, or a talk.case.yaml: see asr help verify",
    );
  }
  const chosen = found.filter(
    (one) =>
      (name.length === 0 || name.some((glob) => path.posix.matchesGlob(one.name, glob))) &&
      (tag.length === 0 || tag.some((word) => one.declared.tags.includes(word))),
  );
  if (chosen.length === 0) throw noneChosen(found.length, places);
  return chosen;
}

export function noneChosen(count: number, places: string) {
  return usageError(
    `none of the ${count} cases in ${places} is chosen`,
    "loosen --name, --tag or --only-provider; asr verify DIR -v lists all cases",
  );
}

async function casesOf(operand: string, world: World): Promise<LocatedCase[]> {
  const { workingFolder, signal } = world;
  const listing = await pathInputs(operand, { workingFolder, signal });
  if (listing === undefined || !listing.several) {
    throw usageError(
      listing === undefined ? `${operand}: no such folder` : `${operand} is no folder`,
      "name a folder of cases",
    );
  }
  const folder = path.resolve(workingFolder, operand);
  const unreadable = listing.found.find(({ error }) => error !== undefined);
  if (unreadable?.error !== undefined) throw unreadable.error;
  const files = listing.found.map(({ relativePath }) => relativePath.replaceAll(path.sep, "/"));
  const caseFiles = new Map(
    await Promise.all(
      files.filter(isCaseFile).map(async (file) => {
        const shown = path.join(operand, file);
        const content = await readText(path.join(folder, file));
        if (content === undefined) throw usageError(`can't read ${shown}`, "check the path");
        return [file, await readCaseFile(shown, content, PROVIDER_IDS)] as const;
      }),
    ),
  );
  const cases = casesIn({ files, caseFiles, isAudioName: hasAudioName });
  return cases.map((declared) => ({ name: declared.name, declared, folder }));
}

/** @returns undefined where there is no such file */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    if (systemCode(error) === undefined) throw error;
    throw usageError(`can't read ${file}`, "check its permissions", systemCode(error));
  }
}
