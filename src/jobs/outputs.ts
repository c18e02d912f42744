/** Where each input's results go (CLI.md, "Output"). Pure: looks at no disk. */
import path from "node:path";
import { usageError } from "../errors.ts";
import type { Input } from "./inputs.ts";

export interface OutputFile {
  readonly format: string;
  /** Absolute path. */
  readonly path: string;
}

/** How one format is named on disk. */
export interface NamedFormat {
  readonly name: string;
  /** Without the dot. */
  readonly extension: string;
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

// Win32 naming rules: reserved characters, trailing dots and blanks, device names (Microsoft,
// "Naming Files, Paths, and Namespaces").
const FORBIDDEN_CHARACTERS = /[<>:"|?*\u0000-\u001f\\]/g;
const DEVICE_NAME = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(?=\.|$)/i;

/** A file name that every file system takes. */
export function portableName(name: string): string {
  return name
    .replace(FORBIDDEN_CHARACTERS, "_")
    .replace(/[. ]+$/, (tail) => "_".repeat(tail.length))
    .replace(DEVICE_NAME, "$1_");
}

function withoutExtension(name: string): string {
  const extension = path.extname(name);
  return extension === "" || extension === name ? name : name.slice(0, -extension.length);
}

/** The extension of a path without its dot, lower case. */
export function extensionOf(file: string): string {
  return path.extname(file).slice(1).toLowerCase();
}

function inFolder(request: OutputRequest, folder: string, input: Input): OutputFile[] {
  const segments = input.relativePath.split(path.sep);
  const fileName = segments.pop() ?? "";
  const stem = portableName(request.keepExtension ? fileName : withoutExtension(fileName));
  const below = path.join(folder, ...segments.map(portableName));
  return request.formats.map((format) => ({
    format: format.name,
    path: path.join(below, `${stem}.${format.extension}`),
  }));
}

function asFile(request: OutputRequest, file: string): OutputFile[] {
  const [only] = request.formats;
  if (request.formats.length === 1 && only !== undefined) {
    return [{ format: only.name, path: file }];
  }
  const stem = request.knownExtensions.includes(extensionOf(file)) ? withoutExtension(file) : file;
  return request.formats.map((format) => ({
    format: format.name,
    path: `${stem}.${format.extension}`,
  }));
}

/** Two paths are one where a file system folds case or normalises. */
function collisionKey(file: string): string {
  return file.normalize("NFC").toLowerCase();
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
  const plan = request.inputs.map((input) =>
    request.outputIsFolder ? inFolder(request, target, input) : asFile(request, target),
  );
  const owners = new Map<string, Input>();
  const sources = new Map(
    request.inputs.flatMap((input) =>
      input.path === undefined ? [] : [[collisionKey(input.path), input.name] as const],
    ),
  );
  request.inputs.forEach((input, index) => {
    for (const file of plan[index] ?? []) {
      const key = collisionKey(file.path);
      const source = sources.get(key);
      if (source !== undefined) {
        throw usageError(
          `the result of ${input.name} would overwrite the input ${source}`,
          "choose another -o",
        );
      }
      const owner = owners.get(key);
      if (owner !== undefined) {
        throw usageError(
          `${owner.name} and ${input.name} would both be written to ${file.path}`,
          "add --keep-extension, or transcribe them into different folders",
        );
      }
      owners.set(key, input);
    }
  });
  return plan;
}
