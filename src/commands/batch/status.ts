/** `asr batch status`: how an output folder stands, in a few lines. */
import path from "node:path";
import type { Settings } from "../../settings/load.ts";
import { shellWord } from "../shell-word.ts";
import type { World } from "../world.ts";
import { figuresOf, spendOf } from "./figures.ts";
import { withLedger } from "./folder.ts";
import { jsonObject, stateFields } from "./json.ts";
import { nextText, reportProposal, retryProposal, stateText, topErrorsText } from "./text.ts";

/** @param out the output folder as the user named it */
export async function showStatus(out: string, settings: Settings, world: World): Promise<void> {
  const state = await withLedger(out, world, (reader) => reader.state());
  const spend = spendOf(state, settings);
  const folder = path.resolve(world.workingFolder, out);
  if (settings.values.json) {
    await world.stdout.write([...jsonObject(stateFields(folder, state, spend))].join(""));
    return;
  }
  const figures = figuresOf(state.providers);
  const word = shellWord(out, world.platform);
  const proposals = [...retryProposal(word, figures), ...reportProposal(word, figures)];
  const text = stateText(out, state, spend) + topErrorsText(state.errors) + nextText(proposals);
  await world.stdout.write(text);
}
