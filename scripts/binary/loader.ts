/** Runs the program's chunks, CommonJS each, wherever they are kept. */
import { Script } from "node:vm";

export interface Chunk {
  readonly code: string;
  /** V8's code cache of it, made with the same release and the same flags; else it is ignored. */
  readonly cache?: Uint8Array;
}

export interface Loader {
  /** Evaluates a chunk, once. */
  load(name: string): unknown;
  /** Of the chunks that were evaluated, by name. */
  readonly scripts: ReadonlyMap<string, Script>;
}

/** Bundled code says this where it said `import.meta.url`. */
export const URL_NAME = "chunkUrl";

/**
 * @param read gives a chunk by its name
 * @param builtin gives a module of Node's
 * @param url what chunks take for the place where they are
 */
export function createLoader(
  read: (name: string) => Chunk,
  builtin: (name: string) => unknown,
  url: string,
): Loader {
  const modules = new Map<string, { exports: unknown }>();
  const scripts = new Map<string, Script>();

  function requireFrom(specifier: string): unknown {
    return specifier.startsWith("./") ? load(specifier.slice(2)) : builtin(specifier);
  }

  function load(name: string): unknown {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const { code, cache } = read(name);
    const script = new Script(`(function (require, module, exports, ${URL_NAME}) {${code}\n})`, {
      filename: `asr/${name}`,
      ...(cache === undefined ? {} : { cachedData: cache }),
    });
    scripts.set(name, script);
    script.runInThisContext()(requireFrom, module, module.exports, url);
    return module.exports;
  }

  return { load, scripts };
}
