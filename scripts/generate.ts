/**
 * Writes what is made from the tables: `.asrrc.example`, the README's generated blocks, the man page.
 * `--check` writes nothing and exits with 1 where a file differs.
 */
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { PROVIDERS } from "../src/providers/registry.ts";
import { exampleConfig } from "../src/settings/example.ts";
import { manPage } from "./man-page.ts";
import { fillBlock, optionTable, providerTable } from "./readme-tables.ts";

const root = new URL("../", import.meta.url);

/** Generated files by name, each with the text it should have. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const readme = await readFile(new URL("README.md", root), "utf8");
  const providers = await Promise.all(PROVIDERS.map((provider) => provider.load()));
  const withOptions = fillBlock(readme, "options", optionTable());
  return new Map([
    [".asrrc.example", exampleConfig(PROVIDERS, true)],
    ["man/asr.1", manPage(readme)],
    ["README.md", fillBlock(withOptions, "providers", providerTable(providers))],
  ]);
}

async function main(check: boolean): Promise<void> {
  for (const [name, wanted] of await generatedFiles()) {
    const file = new URL(name, root);
    const current = await readFile(file, "utf8").catch(() => undefined);
    if (current === wanted) continue;
    if (check) {
      process.exitCode = 1;
      console.error(`${name} is not what the tables say: run npm run generate`);
    } else {
      await writeFile(file, wanted);
      console.error(`wrote ${name}`);
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(process.argv.includes("--check"));
}
