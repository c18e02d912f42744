/** `asr batch retry`: what is not done in a folder, transcribed as it was asked for. */
import path from "node:path";
import { AsrError, asAsrError, usageError } from "../../errors.ts";
import { allFailures, failuresOf } from "../../jobs/failures.ts";
import { isBelow } from "../../jobs/inputs/below.ts";
import type { Input, InputList } from "../../jobs/inputs/inputs.ts";
import type { LedgerReader, OpenOrder } from "../../jobs/ledger/reader.ts";
import type { GivenFlags } from "../../settings/flags.ts";
import { flagOfKey, givenAgain, withWholePaths } from "../../settings/kept-flags.ts";
import type { Settings } from "../../settings/load.ts";
import { throwFailures } from "../run-failures.ts";
import { commandSettings } from "../settings.ts";
import { shellWord } from "../shell-word.ts";
import { type ListOutcome, transcribeList } from "../transcription.ts";
import type { World } from "../world.ts";
import { withLedger } from "./folder.ts";

/** What one order still asks for. */
interface Work {
  readonly list: InputList;
  readonly settings: Settings;
  readonly world: World;
}

/**
 * @param out the output folder as the user named it
 * @param own what was given now
 * @throws AsrError as `asr transcribe` of several inputs
 */
export async function retry(out: string, own: GivenFlags, world: World): Promise<void> {
  const orders = await withLedger(out, world, openOrdersOf);
  if (orders.length === 0) {
    await commandSettings("batch retry", own, world);
    world.console.note(`nothing to retry: all that ${out} was to hold is done`);
    return;
  }
  const folder = path.resolve(world.workingFolder, out);
  const given = withWholePaths(own, world.workingFolder);
  const works: Work[] = [];
  for (const { order, inputs } of orders) {
    for (const input of inputs) refuseOutside(input, folder);
    const place = { ...world, workingFolder: order.workingFolder };
    const flags = inFolder(folder, givenAgain(order.flags, given));
    const settings = await commandSettings("batch retry", flags, place);
    works.push({ list: { inputs, skipped: [], several: true }, settings, world: place });
  }
  refuseSharedStdin(works);
  await transcribeAll(works, out, world);
}

/** Lists were looked at when they were read; a ledger may be somebody else's. */
function refuseOutside({ name, relativePath, own }: Input, folder: string): void {
  const place = own?.output ?? relativePath;
  if (isBelow(path.resolve(folder, place), folder)) return;
  throw usageError(
    `${name}: its result ${place} is not inside the output folder`,
    "begin anew in another folder, if you do not know who wrote the ledger",
  );
}

/** @throws AsrError kind "usage": stdin is read once, and several orders would read it. */
function refuseSharedStdin(works: readonly Work[]): void {
  if (works.length < 2 || works.every(({ settings }) => settings.values.hotwords !== "-")) return;
  throw usageError(
    `stdin can't be the hotwords of ${works.length} earlier runs`,
    "put them into a file: --hotwords FILE",
  );
}

interface OrderInputs {
  readonly order: OpenOrder;
  readonly inputs: readonly Input[];
}

function openOrdersOf(reader: LedgerReader): OrderInputs[] {
  return reader.openOrders().map((order) => {
    const found = reader.inputs({ open: true, order: order.id });
    return { order, inputs: Array.from(found, ({ input }) => input) };
  });
}

/** Results go where they went, whatever files and variables say now. */
function inFolder(folder: string, flags: GivenFlags): GivenFlags {
  const fixed = { output: [folder], resume: true, json: false };
  const given = Object.entries(fixed).map(([key, value]) => [key, flagOfKey(key, value)] as const);
  return new Map([...flags, ...given]);
}

async function transcribeAll(works: readonly Work[], out: string, world: World): Promise<void> {
  const outcomes: ListOutcome[] = [];
  for (const work of works) outcomes.push(await transcribeWork(work, works.length > 1));
  const summaries = outcomes.map(({ summary }) => summary);
  const sum = (read: (one: ListOutcome["summary"]) => number | undefined): number =>
    summaries.reduce((total, one) => total + (read(one) ?? 0), 0);
  const failures = allFailures(summaries.map((one) => one.failures));
  if (failures.count === 0) return;
  const stops = summaries.flatMap(({ stoppedBy }) => stoppedBy ?? []);
  const [stoppedBy] = stops.length === summaries.length ? stops : [];
  const inputs = works.flatMap(({ list }) => list.inputs);
  throwFailures(
    {
      done: sum((one) => one.done),
      doneBefore: sum((one) => one.doneBefore),
      elsewhere: sum((one) => one.elsewhere),
      skipped: sum((one) => one.skipped),
      left: sum((one) => one.left),
      failures,
      ...(stoppedBy === undefined ? {} : { stoppedBy }),
    },
    {
      list: { inputs, skipped: [], several: true },
      ...(outcomes.some(({ hasLedger }) => hasLedger)
        ? { ledgerFolder: shellWord(out, world.platform) }
        : {}),
    },
  );
}

/** @param isOneOfSeveral what keeps this one from being begun does not stop the others */
async function transcribeWork(
  { list, settings, world }: Work,
  isOneOfSeveral: boolean,
): Promise<ListOutcome> {
  const inputs = list.inputs.filter(({ path: file }) => file !== undefined);
  const failures = failuresOf(inputs.length === list.inputs.length ? [] : [stdinError()]);
  if (failures.first !== undefined) world.console.error(failures.first);
  const summary = { done: 0, skipped: 0, left: 0 };
  if (inputs.length === 0) return { summary: { ...summary, failures }, hasLedger: false };
  try {
    const outcome = await transcribeList({ ...list, inputs }, settings, world);
    const all = allFailures([failures, outcome.summary.failures]);
    return { ...outcome, summary: { ...outcome.summary, failures: all } };
  } catch (thrown) {
    if (!isOneOfSeveral || world.signal.aborted) throw thrown;
    const error = asAsrError(thrown);
    world.console.error(error);
    const left = inputs.length - 1;
    const all = allFailures([failures, failuresOf([error])]);
    return { summary: { ...summary, left, failures: all, stoppedBy: error }, hasLedger: false };
  }
}

function stdinError(): AsrError {
  return new AsrError("audio", "stdin can't be read again", {
    hint: "pipe it in once more: … | asr transcribe - -o FOLDER",
  });
}
