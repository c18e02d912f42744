/** What `asr transcribe` is to do, out of the operands and the settings. */
import path from "node:path";
import { usageError } from "../errors.ts";
import { type InputList, listInputs, STDIN_NAME } from "../jobs/inputs/inputs.ts";
import { isFolderOutput } from "../jobs/outputs/destinations.ts";
import type { Settings } from "../settings/load.ts";
import { listFileOf, refuseSharedStdin } from "./list-file.ts";
import { KNOWN_EXTENSIONS } from "./recognition-settings.ts";
import type { World } from "./world.ts";

export { planWishes } from "../library/plan-wishes.ts";

type Values = Settings["values"];

export async function inputsOf(
  operands: readonly string[],
  values: Values,
  world: World,
): Promise<InputList> {
  const { output } = values;
  const listFile = listFileOf(values, world);
  if (operands.length === 0 && listFile === undefined && world.stdin.isTerminal) {
    throw usageError("no input", "name a recording, or pipe one in: asr transcribe talk.wav");
  }
  refuseSharedStdin(operands, values);
  const named = operands.length === 0 && listFile === undefined ? [STDIN_NAME] : operands;
  const outputFolder =
    output !== undefined &&
    (await isFolderOutput(output, true, world.workingFolder, KNOWN_EXTENSIONS))
      ? path.resolve(world.workingFolder, output)
      : undefined;
  const { workingFolder, signal } = world;
  const list = await listInputs(named, { workingFolder, outputFolder, signal }, listFile);
  if (list.inputs.length === 0) {
    const places = listFile === undefined ? named : [...named, listFile.name];
    throw usageError(`nothing to do: no file in ${places.join(", ")}`, "name a recording");
  }
  warnOfUnusedNames(list, values, world);
  return list;
}

function warnOfUnusedNames({ inputs }: InputList, { output }: Values, { console }: World): void {
  if (output !== undefined && output !== STDIN_NAME) return;
  const named = inputs.find(({ own }) => own?.output !== undefined);
  if (named === undefined) return;
  const message = `${named.own?.place}: no output folder is named with -o, so that "output" names nothing`;
  console.warning({ code: "unused-output-name", message });
}

/**
 * @throws AsrError kind "usage" for a flag that means a report where none is written; a settings
 *   file may ask for JSON wherever there is a report.
 */
export function refuseReportFlag({ values, sources }: Settings): void {
  if (!values.json || values.dryRun || sources.json !== "flag") return;
  throw usageError(
    "--json is for the report of --dry-run",
    "use -f json for the transcript, or add --dry-run",
  );
}
