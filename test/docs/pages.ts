/** The pages of the documentation, and what of them can be run. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../cli/run.ts";
import { type Command, commandsOf } from "./commands.ts";
import { type Fence, fencesOf } from "./fences.ts";

/** README.zh-CN.md has the commands of README.md, which a test of its own compares. */
const TRANSLATION = "README.zh-CN.md";

/** What readers are not asked to type in: pages of records. */
const RECORDS: ReadonlySet<string> = new Set(["docs/decisions.md"]);

export interface Block {
  /** "README.md:12". */
  readonly place: string;
  readonly commands: readonly Command[];
}

export interface Page {
  /** Relative to the root. */
  readonly name: string;
  readonly text: string;
  readonly fences: readonly Fence[];
  readonly blocks: readonly Block[];
}

export function readPage(name: string): Page {
  const text = readFileSync(path.join(ROOT, name), "utf8");
  const fences = fencesOf(text);
  const blocks = fences
    .map((fence) => ({ place: `${name}:${fence.line}`, commands: commandsOf(fence) }))
    .filter(({ commands }) => commands.length > 0);
  return { name, text, fences, blocks };
}

/** Every page whose commands are run, by name. */
export function pageNames(): string[] {
  const guides = globSync("docs/**/*.md", { cwd: ROOT });
  return ["README.md", "CONTRIBUTING.md", ...guides]
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name !== TRANSLATION && !RECORDS.has(name))
    .sort();
}

/** All commands of a page, as it shows them. */
export function commandText({ blocks }: Page): string {
  return blocks.flatMap(({ commands }) => commands.map(({ text }) => text)).join("\n");
}
