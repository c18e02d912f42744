/** Answers a shell that asks what a word can become. */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import type { ProviderNames } from "../../completion/candidates.ts";
import { complete } from "../../completion/complete.ts";
import type { Line } from "../../completion/line.ts";
import { describeProvider } from "../../providers/describe.ts";
import { loadProvider, PROVIDER_IDS, PROVIDERS } from "../../providers/registry.ts";
import { loadSettings } from "../../settings/load.ts";
import { OPTION_ROWS } from "../../settings/options.ts";
import { flagOf, variableOf } from "../../settings/spelling.ts";
import type { World } from "../world.ts";

/** Writes the lines that the scripts of src/completion read. */
export async function printCompletion(
  program: Command,
  typed: readonly string[],
  world: World,
): Promise<void> {
  const completion = await complete(program, typed, {
    providers: PROVIDERS,
    namesFor: async (line) => sharedNames(await providersOf(line, world)),
  });
  const lines = completion.kind === "words" ? completion.words : [];
  const texts = lines.map(({ value, help }) => `${value}\t${help}`);
  await world.stdout.write(`${[completion.kind, ...texts].join("\n")}\n`);
}

/** Flags that say which settings there are. */
const CHOOSING = ["config", "noConfig", "profile"];

/** Ids of the providers that the line names, or the settings. */
async function providersOf({ command, given }: Line, world: World): Promise<readonly string[]> {
  const named = given.get("--provider")?.slice(-1) ?? given.get("--providers");
  if (named !== undefined) {
    return named.flatMap((text) => text.split(",")).filter((id) => PROVIDER_IDS.includes(id));
  }
  if (!command.options.some(({ long }) => long === "--provider")) return [];
  const file = given.get("--config")?.at(-1) ?? world.environment[variableOf("config")];
  // A pipe is left to the command: it would be waited for, and what is in it comes but once.
  if (file !== undefined && !(await isFile(path.resolve(world.workingFolder, file)))) return [];
  const flags = OPTION_ROWS.flatMap((row) => {
    const spelling = flagOf(row.key);
    const texts = given.get(spelling);
    if (texts === undefined || !CHOOSING.includes(row.key)) return [];
    return [[row.key, { row, spelling, value: texts.length === 0 ? true : texts }] as const];
  });
  // Whoever asks for recognition reads the same files.
  const request = { ...world, command: "transcribe", providers: PROVIDERS } as const;
  // Wrong settings are told of when the command runs, not while it is typed.
  const settings = await loadSettings({ ...request, flags: new Map(flags) }).catch(() => undefined);
  return settings === undefined ? [] : [settings.values.provider];
}

const isFile = (name: string): Promise<boolean> =>
  stat(name).then(
    (status) => status.isFile(),
    () => false,
  );

/** What every one of the providers takes. */
async function sharedNames(ids: readonly string[]): Promise<ProviderNames> {
  const reports = await Promise.all(
    ids.map(async (id) => describeProvider(await loadProvider(id))),
  );
  const [first, ...others] = reports;
  return {
    models: (first?.models ?? []).filter((model) =>
      others.every(({ models }) => models.includes(model)),
    ),
    languages: (first?.languages ?? []).filter((tag) =>
      others.every(({ languages }) => languages.includes(tag) || languages.includes("*")),
    ),
    parameters: first?.parameters ?? [],
  };
}
