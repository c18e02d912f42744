/** `asr batch report`: all that the ledger of an output folder tells. */
import path from "node:path";
import type { LedgerReader } from "../../jobs/ledger/reader.ts";
import type { Settings } from "../../settings/load.ts";
import { shellWord } from "../shell-word.ts";
import type { World } from "../world.ts";
import { figuresOf, spendOf } from "./figures.ts";
import { withLedger } from "./folder.ts";
import { inputFields, jsonObject, stateFields, sumsFields } from "./json.ts";
import { groupText, nextText, retryProposal, stateText, sumsText } from "./text.ts";

/** Characters of a report that are written at once. */
const WRITTEN_AT_ONCE = 64 * 1024;

/** @param out the output folder as the user named it */
export async function showReport(out: string, settings: Settings, world: World): Promise<void> {
  await withLedger(out, world, async (reader) => {
    const pieces = settings.values.json
      ? jsonReport(reader, path.resolve(world.workingFolder, out), settings)
      : textReport(reader, out, settings, world);
    let text = "";
    for (const piece of pieces) {
      text += piece;
      if (text.length < WRITTEN_AT_ONCE) continue;
      await world.stdout.write(text);
      text = "";
    }
    await world.stdout.write(text);
  });
}

function jsonReport(reader: LedgerReader, folder: string, settings: Settings): Iterable<string> {
  const state = reader.state();
  const fields = { ...stateFields(folder, state, spendOf(state, settings)), ...sumsFields(state) };
  return jsonObject(fields, { name: "inputs", items: reader.inputs().map(inputFields) });
}

function* textReport(
  reader: LedgerReader,
  out: string,
  settings: Settings,
  { platform }: World,
): Generator<string> {
  const state = reader.state();
  yield stateText(out, state, spendOf(state, settings));
  for (const group of state.errors) {
    yield* groupText(group, reader.inputs({ errorGroup: group.group }));
  }
  yield sumsText(state);
  yield nextText(retryProposal(shellWord(out, platform), figuresOf(state.providers)));
}
