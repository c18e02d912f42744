/** Nothing of the documentation escapes its tests, and the tests' tables hold nothing unused. */
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../src/errors.ts";
import { PROVIDER_IDS, PROVIDERS } from "../../src/providers/registry.ts";
import { OPTION_ROWS } from "../../src/settings/options.ts";
import { vendorsOf } from "../../src/settings/registry.ts";
import { providerRows, vendorRows } from "../../src/settings/sections.ts";
import { flagOf, negatedFlagOf, variableOf } from "../../src/settings/spelling.ts";
import { ROOT } from "../cli/run.ts";
import { FILES } from "./files.ts";
import { NOT_RUN } from "./not-run.ts";
import { commandText, type Page, pageNames, readPage } from "./pages.ts";
import { isNeeded } from "./sandbox.ts";
import { STAND_INS } from "./stand-ins.ts";

const RUN = pageNames().map(readPage);
const ALL = [...RUN, readPage("README.zh-CN.md"), readPage("docs/decisions.md")];

/** What gives a command away in a block that holds nothing to run. */
const HIDDEN: Readonly<Record<string, RegExp>> = {
  "": /^(?:\$ |(?:npx )?asr [a-z]+ [a-z./-])/,
  text: /^\$ /,
  json: /^\$ /,
  bash: /./,
  shell: /./,
};

describe("a page", () => {
  it("shows no commands in a block that is not run", () => {
    const hidden = ALL.flatMap(({ name, fences }) =>
      fences
        .filter(({ language, lines }) => lines.some((line) => HIDDEN[language]?.test(line)))
        .map(({ line }) => `${name}:${line}`),
    );
    expect(hidden).toEqual([]);
  });

  it.each(ALL.map((page) => [page.name, page] as const))("%s links to what is there", (_, page) => {
    expect(linksOf(page).filter((link) => !isThere(page, link))).toEqual([]);
  });

  it.each(ALL.map((page) => [page.name, page] as const))(
    "%s names options, variables and keys that there are",
    (_, page) => {
      expect(namesIn(page.text).filter((name) => !NAMES.has(name))).toEqual([]);
    },
  );

  it("is in the index of docs/", () => {
    const index = readPage("docs/README.md").text;
    const providers = readPage("docs/providers/README.md").text;
    const named = (name: string) =>
      name.startsWith("docs/providers/")
        ? providers.includes(`(${path.basename(name)})`)
        : index.includes(`(${name.slice("docs/".length)})`);
    const guides = ALL.map(({ name }) => name).filter((name) => /^docs\/.*[^E]\.md$/.test(name));
    expect(guides.filter((name) => !named(name))).toEqual([]);
  });
});

describe("the sandbox", () => {
  const commands = RUN.map(commandText);

  it("holds no file that no page names", () => {
    const unused = Object.keys(FILES).filter(
      (file) => !commands.some((text) => isNeeded(file, text)),
    );
    expect(unused).toEqual([]);
  });

  it("leaves out no command that no page has", () => {
    const texts = RUN.flatMap(({ blocks }) => blocks.flatMap((block) => block.commands));
    const unused = Object.keys(NOT_RUN).filter((left) => !texts.some(({ text }) => text === left));
    expect(unused).toEqual([]);
  });

  it("holds no stand-in that no page runs", () => {
    const unused = Object.keys(STAND_INS).filter(
      (name) => !commands.some((text) => new RegExp(`(?:^|[|&(] ?|\\n)${name} `).test(text)),
    );
    expect(unused).toEqual([]);
  });
});

describe("troubleshooting", () => {
  const { text } = readPage("docs/troubleshooting.md");

  it.each(Object.entries(EXIT_CODES))("has a section for %s", (kind, code) => {
    expect(text).toMatch(new RegExp(`^## Exit ${code}\\b.*: ${kind}$`, "m"));
  });
});

describe("providers", () => {
  it.each(PROVIDER_IDS)("%s has a page with its tables", (id) => {
    const page = id.startsWith("lark-") ? "lark" : id;
    const { text } = readPage(`docs/providers/${page}.md`);
    expect(text).toContain(`<!-- generated:facts:${id} -->`);
    if (id === "local") return;
    expect(text).toContain(`<!-- generated:parameters:${id} -->`);
    expect(text).toContain(`<!-- generated:codes:${id} -->`);
  });
});

function linksOf({ text }: Page): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^https?:/.test(link));
}

/** A heading's anchor as GitHub makes it. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function isThere({ name, text }: Page, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? name : path.posix.join(path.posix.dirname(name), file);
  if (!existsSync(path.join(ROOT, target))) return false;
  if (anchor === undefined) return true;
  return anchorsOf(file === "" ? text : readPage(target).text).includes(anchor);
}

/** Every flag, variable and key of a setting. */
const NAMES: ReadonlySet<string> = new Set([
  ...OPTION_ROWS.flatMap(({ key }) => [flagOf(key), negatedFlagOf(key) ?? "", variableOf(key)]),
  ...PROVIDERS.flatMap((provider) =>
    providerRows(provider).flatMap(({ key }) => [
      `providers.${provider.id}.${key}`,
      variableOf(provider.id, key),
    ]),
  ),
  ...vendorsOf(PROVIDERS).flatMap((vendor) =>
    vendorRows(vendor).flatMap(({ key }) => [
      `vendors.${vendor.id}.${key}`,
      variableOf(vendor.id, key),
    ]),
  ),
]);

/** Of inline code: a flag at its start; of all: variables of asr, and keys of sections. */
function namesIn(text: string): string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)]
    .map(([, span = ""]) => span)
    .filter((span) => !span.includes("…"));
  const flags = spans.flatMap((span) => /^(--[a-z][a-z-]*[a-z])/.exec(span)?.[1] ?? []);
  const variables = [...text.matchAll(/\bASR_[A-Z_]+[A-Z]\b/g)].map(([name]) => name);
  const keys = spans.flatMap(
    (span) => /^((?:vendors|providers)\.[a-z-]+\.\w+)/.exec(span)?.[1] ?? [],
  );
  return [...flags, ...variables, ...keys];
}
