/**
 * Writes what is made from the tables: `.asrrc.example`, the man page and the generated blocks of the
 * README, its translation and the providers' pages.
 * `--check` writes nothing and exits with 1 where a file differs.
 */
import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Provider } from "../src/providers/contract.ts";
import { PROVIDERS } from "../src/providers/registry.ts";
import { exampleConfig } from "../src/settings/example.ts";
import { CHINESE_TABLES } from "./chinese-tables.ts";
import { manPage } from "./man-page.ts";
import { PROVIDER_TABLES, vendorCodeTable } from "./provider-tables.ts";
import { fillBlock, optionTable, providerTable } from "./readme-tables.ts";
import { ENGLISH_TABLES, type TableWords } from "./table-words.ts";

const root = new URL("../", import.meta.url);

/** Generated files by name, each with the text it should have. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const providers = await Promise.all(PROVIDERS.map((provider) => provider.load()));
  const read = (name: string) => readFile(new URL(name, root), "utf8");
  const readme = await read("README.md");
  const pages = globSync("docs/providers/*.md", { cwd: fileURLToPath(root) })
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
  const filled = pages.map(
    async (name) => [name, fillProviderPage(await read(name), providers)] as const,
  );
  return new Map([
    [".asrrc.example", exampleConfig(PROVIDERS, true)],
    ["man/asr.1", manPage(readme)],
    ["README.md", fillReadme(readme, providers, ENGLISH_TABLES)],
    ["README.zh-CN.md", fillReadme(await read("README.zh-CN.md"), providers, CHINESE_TABLES)],
    ...(await Promise.all(filled)),
    [
      "docs/troubleshooting.md",
      fillBlock(await read("docs/troubleshooting.md"), "vendor-codes", vendorCodeTable()),
    ],
  ]);
}

function fillReadme(text: string, providers: readonly Provider[], words: TableWords): string {
  const withOptions = fillBlock(text, "options", optionTable(words.options));
  return fillBlock(withOptions, "providers", providerTable(providers, words.providers));
}

/** Every block of a provider's page: `TABLE:PROVIDER`. */
function fillProviderPage(text: string, providers: readonly Provider[]): string {
  let filled = text;
  for (const [, name = "", kind = "", id = ""] of text.matchAll(
    /<!-- generated:((\w+):([\w-]+)) -->/g,
  )) {
    const provider = providers.find((known) => known.id === id);
    const table = Object.entries(PROVIDER_TABLES).find(([known]) => known === kind)?.[1];
    if (provider === undefined || table === undefined) throw new Error(`there is no table ${name}`);
    filled = fillBlock(filled, name, table(provider));
  }
  return filled;
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
