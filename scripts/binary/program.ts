/**
 * The program as assets of a binary: chunks of CommonJS, so that a command loads what it needs and
 * no more, with all packages in them, and the files beside them.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile, type Plugin, transform } from "esbuild";
import { RENEWABLE } from "../../src/installation/import-anew.ts";
import { PROGRAM_FILES, WORKER_FILE } from "../../src/installation/program-files.ts";
import { lazyChildProcess } from "../lazy-child-process.ts";
import { ENTRY_CHUNK } from "./chunk-names.ts";
import { URL_NAME } from "./loader.ts";

export interface BundledProgram {
  /** The launcher's script. */
  readonly entry: string;
  /** Where the chunks are. */
  readonly chunks: string;
  /** Name of an asset → its file; the chunks are among them. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders of the packages that are in it, below node_modules. */
  readonly packages: readonly string[];
}

const COMMON: BuildOptions = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node24",
  legalComments: "none",
  define: { "import.meta.url": URL_NAME },
  logLevel: "error",
};

/** Nothing inside a binary resolves `import()`. */
const TO_COMMON_JS = { format: "cjs", supported: { "dynamic-import": false } } as const;

/** A script that is evaluated on its own, and so shares no chunk with others. */
const ALONE: BuildOptions = {
  ...COMMON,
  ...TO_COMMON_JS,
  banner: { js: `const ${URL_NAME}=require("node:url").pathToFileURL(process.execPath).href;` },
};

/** silk-wasm reads its WebAssembly from beside its script; here that is handed to it. */
const silkInside: Plugin = {
  name: "silk-inside",
  setup({ onResolve, onLoad }) {
    const script = path.resolve("node_modules/silk-wasm/lib/index.mjs");
    onResolve({ filter: /^silk-wasm$/ }, () => ({ path: script, namespace: "silk" }));
    onLoad({ filter: /./, namespace: "silk" }, async () => {
      const parts = (await readFile(script, "utf8")).split("function(moduleArg={})");
      if (parts.length !== 2) throw new Error("silk-wasm is made otherwise than it was");
      const contents = `import silk from "./silk.wasm";${parts.join("function(moduleArg={wasmBinary:silk})")}`;
      return { contents, loader: "js", resolveDir: path.dirname(script) };
    });
  },
};

/** @param folder made here, and filled */
export async function bundleProgram(folder: string): Promise<BundledProgram> {
  const chunks = path.join(folder, "chunks");
  await mkdir(chunks, { recursive: true });
  const program = await build({
    ...COMMON,
    metafile: true,
    entryPoints: { [path.parse(ENTRY_CHUNK).name]: "src/cli.ts" },
    outdir: chunks,
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
    loader: { ".wasm": "binary" },
    plugins: [silkInside, lazyChildProcess],
  });
  const names = await readdir(chunks);
  for (const name of names) await toCommonJs(path.join(chunks, name));
  const scripts = {
    [WORKER_FILE]: "src/providers/local/worker.ts",
    ...Object.fromEntries(Object.entries(RENEWABLE).map(([name, file]) => [file, name])),
  };
  const alone: Metafile[] = [];
  for (const [name, source] of Object.entries(scripts)) {
    const places = { entryPoints: [source], outfile: path.join(folder, name) };
    alone.push((await build({ ...ALONE, metafile: true, ...places })).metafile);
  }
  const entry = path.join(folder, "entry.js");
  await build({ ...ALONE, entryPoints: ["scripts/binary/entry.ts"], outfile: entry });
  const source = new URL("../../src/installation/program-files.ts", import.meta.url);
  return {
    entry,
    chunks,
    files: {
      ...Object.fromEntries(names.map((name) => [name, path.join(chunks, name)])),
      ...Object.fromEntries(
        Object.entries(PROGRAM_FILES).map(([name, file]) => [
          name,
          fileURLToPath(new URL(file, source)),
        ]),
      ),
      ...Object.fromEntries(Object.keys(scripts).map((name) => [name, path.join(folder, name)])),
    },
    packages: packagesIn([program.metafile, ...alone]),
  };
}

/** Chunks import each other and nothing else, so each can be turned on its own. */
async function toCommonJs(file: string): Promise<void> {
  const { code } = await transform(await readFile(file, "utf8"), {
    ...TO_COMMON_JS,
    minify: true,
    platform: "node",
    target: "node24",
  });
  await writeFile(file, code);
}

function packagesIn(metafiles: readonly Metafile[]): readonly string[] {
  const inputs = metafiles.flatMap(({ inputs: own }) => Object.keys(own));
  const folders = inputs.flatMap((input) => {
    const [, folder] =
      /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    return folder === undefined ? [] : [folder];
  });
  return [...new Set(folders)].sort();
}
