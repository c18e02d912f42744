/** Where each input's results go (README, "Output"). Pure: looks at no disk. */
import path from "node:path";
import { usageError } from "../../errors.ts";
import type { Input } from "../inputs/input.ts";
import { refuseConflicts } from "./conflicts.ts";
import type { OutputFile } from "./output-plan.ts";
import { pathKey, portableName } from "./portable-name.ts";
import { resultName } from "./result-name.ts";

/** How one format is named on disk. */
export interface NamedFormat {
  readonly name: string;
  /** Without the dot. */
  readonly extension: string;
  /** What of the settings changes its files, beside what is recognised; as a text to compare. */
  readonly variant?: string;
}

export interface OutputRequest {
  readonly inputs: readonly Input[];
  readonly several: boolean;
  readonly formats: readonly NamedFormat[];
  /** Extensions of all formats, to know `talk.srt` from `talk.final`. */
  readonly knownExtensions: readonly string[];
  /** `-o` as typed. */
  readonly output: string;
  readonly outputIsFolder: boolean;
  readonly workingFolder: string;
  readonly keepExtension: boolean;
}

function withoutExtension(name: string): string {
  const extension = path.extname(name);
  return extension === "" || extension === name ? name : name.slice(0, -extension.length);
}

/** The extension of a path without its dot, lower case. */
export function extensionOf(file: string): string {
  return path.extname(file).slice(1).toLowerCase();
}

function kindOf({ name, variant = "" }: NamedFormat): Omit<OutputFile, "path"> {
  return { format: name, variant };
}

function inFolder(request: OutputRequest, folder: string, input: Input): OutputFile[] {
  const { folders, stem } = nameOf(request, input);
  const below = path.join(folder, ...folders.map(portableName));
  return request.formats.map((format) => ({
    ...kindOf(format),
    path: path.join(below, `${portableName(stem)}.${format.extension}`),
  }));
}

/** What the list says, or the input's own path. */
function nameOf({ keepExtension, knownExtensions }: OutputRequest, { relativePath, own }: Input) {
  if (own?.output !== undefined) return resultName(own.output, knownExtensions);
  const folders = relativePath.split(path.sep);
  const fileName = folders.pop() ?? "";
  return { folders, stem: keepExtension ? fileName : withoutExtension(fileName) };
}

function asFile(request: OutputRequest, file: string): OutputFile[] {
  const [only] = request.formats;
  if (request.formats.length === 1 && only !== undefined) {
    return [{ ...kindOf(only), path: file }];
  }
  const stem = request.knownExtensions.includes(extensionOf(file)) ? withoutExtension(file) : file;
  return request.formats.map((format) => ({
    ...kindOf(format),
    path: `${stem}.${format.extension}`,
  }));
}

/**
 * The output files of each input, in input order.
 *
 * @throws AsrError kind "usage" where several inputs would go into one file, or two inputs
 *   into one path, or a result over its own input.
 */
export function planOutputs(request: OutputRequest): OutputFile[][] {
  const target = path.resolve(request.workingFolder, request.output);
  if (request.several && !request.outputIsFolder) {
    throw usageError(
      `several inputs can't be written into one file: ${request.output}`,
      "give -o a folder (a new one is made)",
    );
  }
  const files = request.inputs.map((input) => {
    // Of one that failed already there is nothing to write.
    if (input.error !== undefined) return [];
    return request.outputIsFolder ? inFolder(request, target, input) : asFile(request, target);
  });
  refuseConflicts({ ...request, files }, pathKey);
  return files;
}
