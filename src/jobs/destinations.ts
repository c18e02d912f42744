/** Where the results of all inputs go: one stream, or files. Checked before anything is sent. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { AsrError, usageError } from "../errors.ts";
import { checkWritable, openGrowingFile, openWholeFile } from "./files.ts";
import type { Input } from "./inputs.ts";
import { createOrderedOutput } from "./ordered.ts";
import { extensionOf, type OutputFile, planOutputs } from "./outputs.ts";
import { createSink, type EventWriter, type ResultSink, type ResultTarget } from "./results.ts";

/** What of a format is needed to put its text somewhere. */
export interface WritableFormat {
  readonly name: string;
  readonly extension: string;
  /** True where a file of it is of use while it grows. */
  readonly grows?: boolean;
  /** How several transcripts stand on one stream; undefined: not at all. */
  readonly sharing?: { readonly separator: string; readonly interleaved: boolean };
  open(options: { readonly pretty?: boolean; readonly input?: string }): EventWriter;
}

export interface DestinationRequest {
  readonly inputs: readonly Input[];
  readonly several: boolean;
  readonly formats: readonly WritableFormat[];
  /** Extensions of all formats there are. */
  readonly knownExtensions: readonly string[];
  /** `-o` as typed; undefined or "-": the stream. */
  readonly output?: string;
  readonly workingFolder: string;
  readonly keepExtension: boolean;
  readonly force: boolean;
  readonly writeToStream: (text: string) => Promise<void>;
  /** A new random name part each time. */
  readonly uniqueName: () => string;
}

export type OpenSink = (input: Input, index: number) => ResultSink;

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
export async function openDestinations(request: DestinationRequest): Promise<OpenSink> {
  const { output } = request;
  if (output === undefined || output === "-") return streamDestinations(request);
  return fileDestinations(request, output);
}

function streamDestinations(request: DestinationRequest): OpenSink {
  const { formats, several, writeToStream } = request;
  const [format] = formats;
  if (format === undefined || formats.length > 1) {
    const names = formats.map(({ name }) => name).join(", ");
    throw usageError(`stdout takes one format, not ${names}`, "write into files with -o");
  }
  const { sharing } = format;
  if (several && sharing === undefined) {
    throw usageError(
      `several transcripts as ${format.name} can't share stdout`,
      "write into a folder with -o, or choose -f txt, json or jsonl",
    );
  }
  const slots = createOrderedOutput(writeToStream, several ? (sharing?.separator ?? "") : "");
  return (input, index) => {
    const writer = format.open(several ? { pretty: false, input: input.name } : { pretty: true });
    const direct = { append: writeToStream, end: async () => {} };
    const { append, end } = sharing?.interleaved ? direct : slots(index);
    return createSink([{ writer, target: { append, commit: end, discard: end } }]);
  };
}

async function fileDestinations(request: DestinationRequest, output: string): Promise<OpenSink> {
  const { several, workingFolder, knownExtensions, formats, force } = request;
  const outputIsFolder = await isFolderOutput(output, several, workingFolder, knownExtensions);
  const plan = planOutputs({ ...request, output, outputIsFolder });
  const devices = new Set<string>();
  const growing = new Set(formats.filter(({ grows }) => grows).map(({ name }) => name));
  for (const file of plan.flat()) {
    const existing = await checkWritable(file.path, outputIsFolder);
    if (existing === "device") devices.add(file.path);
    if (existing === "file" && growing.has(file.format) && !force) {
      throw new AsrError("output", `${file.path} exists already`, {
        reason: "it would be overwritten from its first line on",
        hint: "add --force, or choose another -o",
      });
    }
  }
  const targetOf = (file: OutputFile): ResultTarget =>
    growing.has(file.format) || devices.has(file.path)
      ? openGrowingFile(file.path)
      : openWholeFile(file.path, request.uniqueName());
  return (_input, index) =>
    createSink(
      (plan[index] ?? []).flatMap((file) => {
        const format = formats.find(({ name }) => name === file.format);
        if (format === undefined) return [];
        return [{ writer: format.open({ pretty: true }), target: targetOf(file) }];
      }),
    );
}
