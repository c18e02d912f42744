/**
 * Bundles the HTML report's own script and style sheet into one module of two texts, so that whatever
 * writes a report needs no file beside it.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = new URL("../src/formats/html/", import.meta.url);
const ASSETS = new URL("assets.js", folder);
const LICENSE = new URL("../node_modules/wavesurfer.js/LICENSE", import.meta.url);

async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`page/${file}`, folder))],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
  });
  return outputFiles[0]?.text.trim() ?? "";
}

/** The module's text. */
export async function reportAssets(): Promise<string> {
  // Every page is a copy of the library: its licence wants to be in each.
  const license = (await readFile(LICENSE, "utf8")).trim();
  const script = `/*! wavesurfer.js\n${license}\n*/\n${await bundled("main.ts")}\n`;
  const style = await bundled("report.css");
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) {
    throw new Error("the report's script or style would end its own element");
  }
  return `export const PAGE_SCRIPT = ${JSON.stringify(script)};\nexport const PAGE_STYLE = ${JSON.stringify(style)};\n`;
}

/** Writes it where it is not there, or another one: tests may run beside each other. */
export async function writeReportAssets(): Promise<void> {
  const text = await reportAssets();
  if ((await readFile(ASSETS, "utf8").catch(() => undefined)) === text) return;
  const draft = new URL(`assets.${process.pid}.part`, folder);
  await writeFile(draft, text);
  await rename(draft, ASSETS);
}
