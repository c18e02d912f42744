/** What `asr transcribe` is to do, out of the operands and the settings. */
import path from "node:path";
import { usageError } from "../errors.ts";
import { type InputList, listInputs, STDIN_NAME } from "../jobs/inputs/inputs.ts";
import { isFolderOutput } from "../jobs/outputs/destinations.ts";
import type { PlanWishes } from "../jobs/plan.ts";
import type { Settings } from "../settings/load.ts";
import { millisecondsOf } from "../transcript/time.ts";
import { KNOWN_EXTENSIONS } from "./recognition-settings.ts";
import type { World } from "./world.ts";

type Values = Settings["values"];

export async function inputsOf(
  operands: readonly string[],
  values: Values,
  world: World,
): Promise<InputList> {
  const { output } = values;
  if (operands.length === 0 && world.stdin.isTerminal) {
    throw usageError("no input", "name a recording, or pipe one in: asr transcribe talk.wav");
  }
  const named = operands.length === 0 ? [STDIN_NAME] : operands;
  const outputFolder =
    output !== undefined &&
    (await isFolderOutput(output, true, world.workingFolder, KNOWN_EXTENSIONS))
      ? path.resolve(world.workingFolder, output)
      : undefined;
  const list = await listInputs(named, world.workingFolder, outputFolder, world.signal);
  if (list.inputs.length === 0) {
    throw usageError(`nothing to do: no file in ${named.join(", ")}`, "name a recording");
  }
  return list;
}

/** How the audio is to be divided before it is sent. */
export function planWishes(values: Values): PlanWishes {
  const { channels, split, segmentSeconds, skipSilence, speakers } = values;
  if (split === "never" && segmentSeconds !== undefined) {
    throw usageError(
      "--split never and --segment-seconds contradict each other",
      "leave one of them out: shorter parts are made by cutting",
    );
  }
  return {
    channels,
    split: typeof split === "number" ? millisecondsOf(split) : split,
    ...(segmentSeconds === undefined ? {} : { segmentMs: millisecondsOf(segmentSeconds) }),
    skipSilence,
    speakers,
  };
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
