/** Bundles `src` into `dist`: the program, the library with its types, and the local provider's worker. */
import { cp, rm } from "node:fs/promises";
import { build } from "esbuild";
import manifest from "../package.json" with { type: "json" };
import { PROGRAM_FILES } from "../src/installation/program-files.ts";
import { writeDeclarations } from "./declarations.ts";
import { lazyChildProcess } from "./lazy-child-process.ts";
import { writeReportAssets } from "./report-page.ts";

await writeReportAssets();
await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: {
    cli: "src/cli.ts",
    index: "src/index.ts",
    "ai-sdk": "src/ai-sdk.ts",
    "local-worker": "src/providers/local/worker.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  minifySyntax: true,
  format: "esm",
  platform: "node",
  target: "node22.19",
  // commander alone goes in: every start needs it, and looking it up costs a tenth of the start.
  external: Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).filter(
    (name) => name !== "commander",
  ),
  plugins: [lazyChildProcess],
  chunkNames: "chunk-[name]-[hash]",
  legalComments: "none",
});
const { href } = new URL("../src/installation/program-files.ts", import.meta.url);
for (const [name, source] of Object.entries(PROGRAM_FILES)) {
  await cp(new URL(source, href), `dist/${name}`);
}
await writeDeclarations(["index.ts", "ai-sdk.ts"], "src", "dist");
// The licence of the weights goes where they go.
await cp("src/audio/voice/NOTICE.md", "dist/silero_vad.NOTICE.md");
