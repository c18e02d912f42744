/** The generated tables of README.zh-CN.md: all of them Chinese, and about what the English ones are about. */
import { describe, expect, it } from "vitest";
import { CHINESE_HELP } from "../../scripts/chinese-help.ts";
import { CHINESE_TABLES } from "../../scripts/chinese-tables.ts";
import { optionTable, providerTable } from "../../scripts/readme-tables.ts";
import { PROVIDER_IDS, PROVIDERS } from "../../src/providers/registry.ts";
import { OPTION_ROWS } from "../../src/settings/options.ts";

const { options, providers } = CHINESE_TABLES;
const loaded = await Promise.all(PROVIDERS.map((provider) => provider.load()));

/** What is the same in every language: flags, variables, file names, abbreviations, units and numbers. */
const namesIn = (text: string) =>
  new Set(text.match(/--[a-z][a-z-]*|\.?[a-z]+\.[a-z]+|[a-z]+_[a-z]+|[A-Z][A-Z_]+|\d+/g) ?? []);

const rowsOf = (table: string) => table.split("\n").filter((line) => line.startsWith("| ["));

describe("the Chinese option table", () => {
  it("says what each option does, in the table's order", () => {
    expect(Object.keys(CHINESE_HELP)).toEqual(OPTION_ROWS.map(({ key }) => key));
    for (const [key, help] of Object.entries(CHINESE_HELP)) {
      expect(help, key).toMatch(/\p{Script=Han}{2}/u);
    }
  });

  it.each(OPTION_ROWS)("names for $key what the English help names", ({ key, help }) => {
    expect(namesIn(options.help?.[key] ?? "")).toEqual(namesIn(help));
  });

  it("has no English switch", () => {
    expect(optionTable(options)).not.toMatch(/\| (on|off) \|/);
  });
});

describe("the Chinese provider table", () => {
  it("has a title for each provider, and for no other", () => {
    expect(Object.keys(providers.titles ?? {})).toEqual(PROVIDER_IDS);
  });

  it.each(loaded)("names for $id what its own title names", ({ id, title }) => {
    const apis = (text: string) => text.match(/Whisper|\bHTTP\b|\bSSE\b|\w+_\w+/g);
    expect(apis(providers.titles?.[id] ?? "")).toEqual(apis(title));
  });

  it("has no English word of the other one", () => {
    const english = / (at once|a second|parts of|ch|s|times|none|approximate)\b/;
    const rows = rowsOf(providerTable(loaded, providers));
    expect(rows).toHaveLength(loaded.length);
    expect(rows.filter((row) => english.test(row))).toEqual([]);
  });
});
