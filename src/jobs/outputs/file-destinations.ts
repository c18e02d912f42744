/** The results of each input in files of its own. */
import { stat } from "node:fs/promises";
import path from "node:path";
import pMap from "p-map";
import { AsrError } from "../../errors.ts";
import type { Destinations, OpenSink, WritableFormat } from "./destination.ts";
import { openDevice } from "./device-file.ts";
import { createFolders } from "./folders.ts";
import { openGrowingFile } from "./growing-file.ts";
import type { OutputFile } from "./output-plan.ts";
import { extensionOf, type OutputRequest, planOutputs } from "./outputs.ts";
import { createSink, type ResultTarget, type SinkContext } from "./results.ts";
import { refuseSharedFiles } from "./same-file.ts";
import { openWholeFile } from "./whole-file.ts";
import { checkWritable, type Existing } from "./writable.ts";

export interface FileRequest extends Omit<OutputRequest, "formats" | "outputIsFolder"> {
  readonly formats: readonly WritableFormat[];
  readonly force: boolean;
  /** No file is replaced without `force`; else only those that grow are not. */
  readonly keepsExisting?: boolean;
  /** A folder's ledger tells of each file in its turn whether it may be replaced. */
  readonly hasLedger?: boolean;
  /** A new random name part each time. */
  readonly uniqueName: () => string;
}

/** Enough to keep libuv's four threads busy. */
const LOOKS_AT_ONCE = 16;
/** From here on listing a folder is cheaper than a look at each of its files. */
const MANY = 64;

/** Whether `-o` names a folder: it is one, ends like one, or several results must fit in it. */
export async function isFolderOutput(
  output: string,
  several: boolean,
  workingFolder: string,
  knownExtensions: readonly string[],
): Promise<boolean> {
  if (/[/\\]$/.test(output)) return true;
  try {
    return (await stat(path.resolve(workingFolder, output))).isDirectory();
  } catch {
    return several && !knownExtensions.includes(extensionOf(output));
  }
}

/**
 * @throws AsrError kind "usage" for results that can't share their place, "output" for a place
 *   that can't be written.
 */
export async function fileDestinations(request: FileRequest): Promise<Destinations> {
  const { output, several, workingFolder, knownExtensions, formats, force } = request;
  const { keepsExisting = false, hasLedger = false } = request;
  const outputIsFolder = await isFolderOutput(output, several, workingFolder, knownExtensions);
  const isLeftToLedger = hasLedger && outputIsFolder;
  const files = planOutputs({ ...request, outputIsFolder });
  const folders = createFolders(files.length >= MANY);
  await refuseSharedFiles({ ...request, files, outputIsFolder }, folders);
  const growing = new Set(formats.filter(({ grows }) => grows).map(({ name }) => name));
  const kinds = new Map<string, Existing>();
  const look = async ({ path: file, format }: OutputFile): Promise<void> => {
    const grows = growing.has(format);
    const replacement = { makeFolders: outputIsFolder, whole: !grows };
    const kind = await checkWritable(file, replacement, folders);
    kinds.set(file, kind);
    if (kind !== "file" || force || isLeftToLedger) return;
    if (grows || keepsExisting) throw existsAlready(file);
  };
  await pMap(files.flat(), look, { concurrency: LOOKS_AT_ONCE });

  const targetOf = ({ path: file, format }: OutputFile, context: SinkContext): ResultTarget => {
    const kind = kinds.get(file);
    if (kind === "pipe" || kind === "device") return openDevice(file, kind === "pipe", context);
    if (growing.has(format)) return openGrowingFile(file);
    return openWholeFile(file, request.uniqueName(), context);
  };
  const openSink: OpenSink = (_input, index, context) =>
    createSink(
      (files[index] ?? []).flatMap((file) => {
        const format = formats.find(({ name }) => name === file.format);
        if (format === undefined) return [];
        return [{ writer: format.open({ pretty: true }), target: targetOf(file, context) }];
      }),
    );
  if (!outputIsFolder) return { openSink, files };
  return { openSink, files, folder: { path: path.resolve(workingFolder, output), files } };
}

function existsAlready(file: string): AsrError {
  return new AsrError("output", `${file} exists already`, {
    reason: "it would be overwritten from its first line on",
    hint: "add --force, or choose another -o",
  });
}
