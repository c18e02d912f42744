/**
 * cosmiconfig, held to data formats.
 *
 * Its usual entry, `cosmiconfig()`, is not safe in a folder of somebody else (10.0.1): before
 * anything is searched it runs `.config/config.js` of the working folder, whatever the options
 * say; it adds its JavaScript loaders to the ones it is given; and a key `$import` in a data file
 * loads any file, a script too. So the class behind it is used, which has only the loaders below,
 * and data is wrapped, which hides `$import` from it (to us it is an unknown key).
 */
import path from "node:path";
import { Explorer } from "cosmiconfig/dist/Explorer.js";
import { AsrError, systemCode, usageError } from "../errors.ts";
import { parseData } from "./parse.ts";

/** In a project's folder, the first that is there. */
export const PROJECT_PLACES = [
  ".asrrc",
  ".asrrc.json",
  ".asrrc.yaml",
  ".asrrc.yml",
  "asr.config.json",
  "asr.config.yaml",
  "package.json",
] as const;

/** In the user's own folder. */
export const USER_PLACES = ["config.json", "config.yaml"] as const;

interface FoundData {
  readonly path: string;
  /** Undefined in an empty file. */
  readonly data: unknown;
}

async function loadData(file: string, content: string): Promise<object> {
  const data = await parseData(file, content);
  return { data };
}

async function loadPackage(file: string, content: string): Promise<object> {
  const data = await parseData(file, content);
  const hasSettings = typeof data === "object" && data !== null && Object.hasOwn(data, "asr");
  return hasSettings ? { asr: { data: Reflect.get(data, "asr") } } : {};
}

function refuse(file: string): never {
  throw usageError(`${file} is no settings file`, "write settings as .json, .yaml or .yml");
}

function explorerFor(searchPlaces: readonly string[]): Explorer {
  const loadJson = (file: string, content: string): Promise<object> =>
    path.basename(file) === "package.json" ? loadPackage(file, content) : loadData(file, content);
  return new Explorer({
    moduleName: "asr",
    searchPlaces: [...searchPlaces],
    loaders: {
      noExt: loadData,
      ".json": loadJson,
      ".yaml": loadData,
      ".yml": loadData,
      default: refuse,
    },
    searchStrategy: "none",
    transform: (result) => result,
    ignoreEmptySearchPlaces: false,
    cache: false,
    mergeImportArrays: false,
    mergeSearchPlaces: false,
    metaConfigFilePath: null,
  });
}

/**
 * The first of `places` in `folder` that holds settings; a `package.json` without `asr` does not.
 *
 * @throws AsrError kind "usage" for a file that can't be parsed
 */
export async function searchFolder(
  folder: string,
  places: readonly string[],
): Promise<FoundData | undefined> {
  const found = await explorerFor(places).search(folder);
  return found === null ? undefined : { path: found.filepath, data: found.config?.data };
}

/**
 * The data of one file that the user named.
 *
 * @throws AsrError kind "usage" where it can't be read or parsed
 */
export async function loadFile(file: string): Promise<FoundData> {
  try {
    const found = await explorerFor([]).load(file);
    return { path: file, data: found?.config?.data };
  } catch (error) {
    if (error instanceof AsrError) throw error;
    const code = systemCode(error);
    throw usageError(
      `can't read settings from ${file}`,
      "check the path and its permissions",
      code === "ENOENT" ? "there is no such file" : (code ?? undefined),
    );
  }
}
