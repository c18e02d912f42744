/** The texts of all pairs: files are read, recordings are heard, and what is missing is settled. */
import { AsrError, usageError } from "../../errors.ts";
import type { TextPair } from "../../scoring/score.ts";
import type { Settings } from "../../settings/load.ts";
import type { World } from "../world.ts";
import { type Heard, hear } from "./hear.ts";
import type { EvalPair, EvalPairs } from "./pairs.ts";
import { type Item, isRecording, readItem } from "./sides.ts";

export interface NamedTexts extends TextPair {
  readonly name: string;
}

export interface FoundTexts {
  readonly pairs: readonly NamedTexts[];
  /** Names of what has no counterpart. */
  readonly leftOut: readonly string[];
}

const NAMED = 10;

/** The first names of many. */
function listed(names: readonly string[]): string {
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : "";
  return names.slice(0, NAMED).join(", ") + more;
}

/** @throws AsrError kind "usage" under `--missing error`, before anything is sent. */
function settleMissing(
  { pairs, unexpected }: EvalPairs,
  { missing }: Settings["values"],
  { console }: World,
): { readonly kept: readonly EvalPair[]; readonly leftOut: readonly string[] } {
  const unheard = pairs
    .filter(({ hypothesis }) => hypothesis === undefined)
    .map(({ name }) => name);
  const count = unheard.length + unexpected.length;
  if (count === 0) return { kept: pairs, leftOut: [] };
  const reasons = [
    ...(unheard.length > 0 ? [`no hypothesis for ${listed(unheard)}`] : []),
    ...(unexpected.length > 0 ? [`no reference for ${listed(unexpected)}`] : []),
  ].join("; ");
  if (missing === "error") {
    throw usageError(
      `${count} of ${pairs.length + unexpected.length} files have no counterpart`,
      "--missing skip leaves them out; --missing empty counts a missing hypothesis as all deleted",
      reasons,
    );
  }
  console.warning({ code: "missing-counterpart", message: reasons });
  const kept = missing === "empty" ? pairs : pairs.filter(({ hypothesis }) => hypothesis);
  return { kept, leftOut: missing === "empty" ? unexpected : [...unheard, ...unexpected] };
}

/** @throws AsrError what the recordings failed with, under `--missing error`. */
function refuseFailures({ failures, stoppedBy }: Heard, total: number): void {
  const { count, first } = failures;
  if (first === undefined) return;
  if (total === 1)
    throw new AsrError(first.kind, first.message, { ...first.details, reported: true });
  throw new AsrError(stoppedBy?.kind ?? "several", `${count} of ${total} recordings failed`, {
    hint: "each is named above; --missing skip or empty scores without them",
  });
}

/**
 * The texts of each run. All recordings are heard together; runs that name the same one hear it once.
 *
 * @throws AsrError for a file that can't be read, and as `--missing` says
 */
export async function pairTexts(
  runs: readonly [EvalPairs, EvalPairs | undefined],
  settings: Settings,
  world: World,
): Promise<readonly [FoundTexts, FoundTexts | undefined]> {
  const { values } = settings;
  const [first, second] = runs.map((run) => run && settleMissing(run, values, world));
  const recordings = new Map(
    [first, second].flatMap((run) =>
      (run?.kept ?? []).flatMap(({ hypothesis }) =>
        hypothesis !== undefined && isRecording(hypothesis)
          ? [[hypothesis.path, hypothesis] as const]
          : [],
      ),
    ),
  );
  const heard = await hear([...recordings.values()], settings, world);
  if (values.missing === "error") refuseFailures(heard, recordings.size);
  const byPath = new Map(Array.from(heard.texts, ([{ path }, text]) => [path, text]));
  const read = async (run: typeof first): Promise<FoundTexts | undefined> => {
    if (run === undefined) return undefined;
    const pairs: NamedTexts[] = [];
    const leftOut = [...run.leftOut];
    for (const { name, reference, hypothesis } of run.kept) {
      const text = await hypothesisText(hypothesis, byPath, world);
      if (text === undefined && values.missing !== "empty") leftOut.push(name);
      else {
        const said = "text" in reference ? reference.text : await readItem(reference, world);
        pairs.push({ name, reference: said, hypothesis: text ?? "" });
      }
    }
    return { pairs, leftOut };
  };
  return [(await read(first)) ?? { pairs: [], leftOut: [] }, await read(second)];
}

/** @returns undefined for none, and for a recording that failed */
async function hypothesisText(
  hypothesis: Item | undefined,
  heard: ReadonlyMap<string | undefined, string>,
  world: World,
): Promise<string | undefined> {
  if (hypothesis === undefined) return undefined;
  return isRecording(hypothesis) ? heard.get(hypothesis.path) : readItem(hypothesis, world);
}
