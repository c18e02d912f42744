/** The list that `--from` names. */
import { createReadStream } from "node:fs";
import path from "node:path";
import { streamSource } from "../audio/source.ts";
import { systemCode, usageError } from "../errors.ts";
import { STDIN_NAME } from "../jobs/inputs/inputs.ts";
import type { ListFile } from "../jobs/inputs/list-entries.ts";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { listEntryReader } from "../settings/list-entry.ts";
import type { Settings } from "../settings/load.ts";
import type { World } from "./world.ts";

/** @throws AsrError kind "usage" for `--null` without a list. */
export function listFileOf(values: Settings["values"], world: World): ListFile | undefined {
  const { from, null: endsWithNul } = values;
  if (from === undefined) {
    if (!endsWithNul) return undefined;
    throw usageError(
      "--null is for a list of inputs",
      "add --from: find calls -name '*.wav' -print0 | asr transcribe --from - --null -o out/",
    );
  }
  const isStdin = from === STDIN_NAME;
  return {
    name: isStdin ? "stdin" : from,
    end: endsWithNul ? "nul" : "newline",
    open: () =>
      isStdin
        ? streamSource(world.stdin.bytes(), STDIN_NAME).open(world.signal)
        : fileBytes(from, world),
    readEntry: listEntryReader(PROVIDER_IDS),
  };
}

/** A file, or what a shell puts in the place of one: a pipe is read as it comes. */
async function* fileBytes(
  name: string,
  { workingFolder, signal }: World,
): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path.resolve(workingFolder, name), { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (systemCode(error) === undefined) throw error;
    throw usageError(`can't read the list ${name}`, "check the path of --from", systemCode(error));
  }
}

/** @throws AsrError kind "usage" where stdin would have to be two things. */
export function refuseSharedStdin(
  operands: readonly string[],
  { from, hotwords }: Settings["values"],
): void {
  const isRecording =
    operands.includes(STDIN_NAME) || (operands.length === 0 && from === undefined);
  const [one, other] = [
    ...(isRecording ? ["the audio"] : []),
    ...(from === STDIN_NAME ? ["the list of inputs"] : []),
    ...(hotwords === STDIN_NAME ? ["the hotwords"] : []),
  ];
  if (other === undefined) return;
  throw usageError(
    `stdin can't be both ${one} and ${other}`,
    `put ${other} into a file, or name the ${isRecording ? "recording" : "list"}`,
  );
}
