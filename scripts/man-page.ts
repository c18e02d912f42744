/**
 * `man/asr.1`: one page, as curl's, made from the commands, the option table and the providers. Most
 * options belong to many commands; a page for each command would say them all again.
 */
import type { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { createProgram } from "../src/commands/program.ts";
import type { World } from "../src/commands/world.ts";
import { PROVIDERS, type RegisteredProvider } from "../src/providers/registry.ts";
import { PROJECT_PLACES, USER_PLACES } from "../src/settings/explorer.ts";
import { declareAllOptions, usageOf } from "../src/settings/flags.ts";
import { mayComeFrom, OPTION_ROWS, type OptionRow } from "../src/settings/options.ts";
import { vendorsOf } from "../src/settings/registry.ts";
import { providerRows, vendorRows } from "../src/settings/sections.ts";
import { negatedFlagOf, variableOf } from "../src/settings/spelling.ts";
import { bold, example, paragraph, section, subsection, tagged, text } from "./roff.ts";

/** Registering commands touches no world, only running them does. */
const NO_WORLD = {} as World;

const LEDGER = ".asr-ledger.sqlite";

/** A command that does something itself, as it is typed: "config show". */
interface Verb {
  readonly name: string;
  readonly command: Command;
}

function verbsOf(parent: Command, before = ""): Verb[] {
  const visible = parent.createHelp().visibleCommands(parent);
  return parent.commands
    .filter((command) => visible.includes(command))
    .flatMap((command) => {
      const name = `${before}${command.name()}`;
      return command.commands.length > 0 ? verbsOf(command, `${name} `) : [{ name, command }];
    });
}

function operandsOf({ command }: Verb): string {
  return command.usage().replace("[options]", "").trim();
}

/** What a command's help ends with: command lines, and perhaps a few sentences. */
function examplesOf({ command }: Verb): readonly string[] {
  let help = "";
  command.configureOutput({
    writeOut: (piece) => {
      help += piece;
    },
  });
  command.outputHelp();
  const [, examples = ""] = help.split("\nExamples:\n");
  return examples.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}

function verbSection(verb: Verb): string {
  const { name, command } = verb;
  const operands = command.registeredArguments.map((argument) =>
    tagged(bold(argument.name()), text(argument.description)),
  );
  const lines = examplesOf(verb);
  const commandLines = lines.filter((line) => line.startsWith("$ "));
  const sentences = lines.filter((line) => !line.startsWith("$ "));
  return [
    subsection(`asr ${name} ${operandsOf(verb)}`.trim()),
    paragraph(text(command.description())),
    ...operands,
    ...(commandLines.length === 0 ? [] : [example(commandLines)]),
    ...(sentences.length === 0 ? [] : [paragraph(text(sentences.join(" ")))]),
  ].join("");
}

function choicesOf({ value }: OptionRow): readonly string[] {
  const item = value.kind === "list" ? value.of : value;
  if (item.kind === "provider") return PROVIDERS.map(({ id }) => id);
  return item.kind === "enum" ? item.values : [];
}

function defaultOf({ value, default: standard }: OptionRow): string | undefined {
  if (value.kind === "boolean" || standard === undefined) return undefined;
  if (typeof standard === "object" && Object.keys(standard ?? {}).length === 0) return undefined;
  return String(standard);
}

function optionEntry(row: OptionRow): string {
  const choices = choicesOf(row);
  const standard = defaultOf(row);
  const names = [
    ...(mayComeFrom(row, "environment") ? [variableOf(row.key)] : []),
    ...(mayComeFrom(row, "file") ? [`key ${row.key}`] : []),
  ];
  const sentences = [
    `${row.help}.`,
    ...(choices.length > 0 ? [`One of ${choices.join(", ")}.`] : []),
    ...(standard === undefined ? [] : [`Default: ${standard}.`]),
    ...(row.commands === "all" ? [] : [`Of ${row.commands.join(", ")}.`]),
    ...(names.length > 0 ? [`(${names.join("; ")})`] : []),
  ];
  const flags = row.shownNegated === true ? (negatedFlagOf(row.key) ?? "") : usageOf(row);
  return tagged(bold(flags), text(sentences.join(" ")));
}

function optionSections(): string {
  const groups = [...new Set(OPTION_ROWS.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = OPTION_ROWS.filter((row) => row.group === group);
      return subsection(group) + rows.map(optionEntry).join("");
    })
    .join("");
}

function providerEntry({ id, title, credentials }: RegisteredProvider): string {
  const named = (wanted: boolean) =>
    credentials
      .filter(({ optional = false }) => optional === wanted)
      .map(({ variable }) => variable)
      .join(", ");
  const keys = credentials.length === 0 ? "needs no credentials" : `credentials: ${named(false)}`;
  const more = named(true);
  return tagged(bold(id), text(`${title}; ${keys}${more === "" ? "" : `; optional: ${more}`}.`));
}

/**
 * Variables of accounts and addresses; those of options stand beside their flags. A vendor may bear
 * its provider's name: their variable is one.
 */
function variableEntries(): string {
  const sections = [
    ...vendorsOf(PROVIDERS).map((vendor) => ({ id: vendor.id, rows: vendorRows(vendor) })),
    ...PROVIDERS.map((provider) => ({ id: provider.id, rows: providerRows(provider) })),
  ];
  const entries = new Map<string, string>();
  for (const { id, rows } of sections) {
    for (const { key, variable, help } of rows) {
      if (variable === undefined) continue;
      const name = variable === true ? variableOf(id, key) : variable;
      const [said = help] = help.split(" (");
      const sentence = variable === true ? `${id}: ${said}.` : `${said}.`;
      if (!entries.has(name)) entries.set(name, tagged(bold(name), text(sentence)));
    }
  }
  return [...entries.values()].join("");
}

/** The rows of a table of the README, cells without their marks. */
function readmeTable(readme: string, heading: string): readonly (readonly string[])[] {
  const [, after = ""] = readme.split(`\n## ${heading}\n`);
  const [own = ""] = after.split("\n## ");
  const rows = own.split("\n").filter((line) => line.startsWith("|"));
  if (rows.length < 3) throw new Error(`the README has no table below ${heading}`);
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

/** @param readme where the exit codes stand */
export function manPage(readme: string): string {
  const { command: program } = createProgram(NO_WORLD);
  declareAllOptions(program);
  const verbs = verbsOf(program);
  const exits = readmeTable(readme, "Exit codes").map(([code = "", meaning = ""]) =>
    tagged(bold(code), text(`${meaning}.`)),
  );
  const files = [
    tagged(
      bold(PROJECT_PLACES.join(", ")),
      text(
        "Settings of a project, from the working folder upwards to the git root or the home folder; " +
          "in package.json the key asr.",
      ),
    ),
    tagged(
      bold(USER_PLACES.map((name) => `~/.config/asr/${name}`).join(", ")),
      text("Your own settings. asr config init writes them, asr config show shows them in force."),
    ),
    tagged(bold(LEDGER), text("In an output folder: what is done there, for --resume and batch.")),
  ];
  return [
    '.\\" Made by scripts/generate.ts from the commands and the option table: npm run generate\n',
    `.TH ASR 1 "" "asr ${manifest.version}" "asr manual"\n`,
    // Neither cut at a line's end nor spread: names are copied from here, and terminals are narrow.
    ".nr HY 0\n.nh\n.ad l\n",
    section("NAME"),
    "asr \\- speech to text from the command line\n",
    section("SYNOPSIS"),
    verbs
      .map(
        (verb) => `${bold(`asr ${verb.name}`)} ${text(`[options] ${operandsOf(verb)}`).trim()}\n`,
      )
      .join(".br\n"),
    section("DESCRIPTION"),
    paragraph(text(program.description())),
    paragraph(
      text(
        "Results go to stdout or to --output, everything else to stderr. A flag wins over the " +
          "environment, that over a profile, that over the project's settings, that over your own, " +
          "that over the default.",
      ),
    ),
    section("COMMANDS"),
    ...verbs.map(verbSection),
    section("OPTIONS"),
    paragraph(
      text(
        "Each command takes those that name it, and -h, --help; asr --version shows the version. " +
          "Every switch has a --no-... too. In parentheses: the variable and the key of a settings file. " +
          "A variable's booleans are 1, true, yes, 0, false, no; its lists have commas.",
      ),
    ),
    optionSections(),
    section("PROVIDERS"),
    ...PROVIDERS.map(providerEntry),
    section("EXIT STATUS"),
    ...exits,
    section("ENVIRONMENT"),
    variableEntries(),
    tagged(bold("HTTPS_PROXY, NO_PROXY"), text("Proxy for requests, where --proxy names none.")),
    tagged(bold("NO_COLOR"), text("Any text: no colours.")),
    tagged(bold("XDG_CONFIG_HOME"), text("Where your settings are, instead of ~/.config.")),
    section("FILES"),
    ...files,
    section("SEE ALSO"),
    `${bold("arecord")}(1), ${bold("ffmpeg")}(1), ${bold("sox")}(1)\n`,
  ].join("");
}
