/**
 * The program as assets of a binary: chunks of CommonJS, so that a command loads what it needs and
 * no more, with all packages in them, and the files beside them.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
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
  metafile: true,
  logLevel: "error",
};

/** Nothing inside a binary resolves `import()`. */
const TO_COMMON_JS = { format: "cjs", supported: { "dynamic-import": false } } as const;

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
  const renewable = Object.entries(RENEWABLE).map(([name, file]) => [path.parse(file).name, name]);
  const program = await build({
    ...COMMON,
    entryPoints: { [path.parse(ENTRY_CHUNK).name]: "src/cli.ts", ...Object.fromEntries(renewable) },
    outdir: chunks,
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
    loader: { ".wasm": "binary" },
    plugins: [silkInside, lazyChildProcess],
  });
  const names = await readdir(chunks);
  for (const name of names) await toCommonJs(path.join(chunks, name));
  const worker = await build({
    ...COMMON,
    ...TO_COMMON_JS,
    entryPoints: ["src/providers/local/worker.ts"],
    outfile: path.join(folder, WORKER_FILE),
    banner: { js: `const ${URL_NAME}=require("node:url").pathToFileURL(process.execPath).href;` },
  });
  const entry = path.join(folder, "entry.js");
  await build({
    ...COMMON,
    ...TO_COMMON_JS,
    entryPoints: ["scripts/binary/entry.ts"],
    outfile: entry,
  });
  const source = new URL("../../src/installation/program-files.ts", import.meta.url);
  return {
    entry,
    chunks,
    files: {
      ...Object.fromEntries(names.map((name) => [name, path.join(chunks, name)])),
      ...Object.fromEntries(
        Object.entries(PROGRAM_FILES).map(([name, file]) => [name, new URL(file, source).pathname]),
      ),
      [WORKER_FILE]: path.join(folder, WORKER_FILE),
    },
    packages: packagesIn(program.metafile, worker.metafile),
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

function packagesIn(...metafiles: readonly (Metafile | undefined)[]): readonly string[] {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile?.inputs ?? {}));
  const folders = inputs.flatMap((input) => {
    const [, folder] =
      /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    return folder === undefined ? [] : [folder];
  });
  return [...new Set(folders)].sort();
}
