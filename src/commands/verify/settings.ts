/** Settings of `asr verify`: those of this machine count only where its accounts are needed. */
import { usageError } from "../../errors.ts";
import type { GivenFlag, GivenFlags } from "../../settings/flags.ts";
import type { Settings } from "../../settings/load.ts";
import {
  OPTION_ROWS,
  type OptionRow,
  type OptionValues,
  optionsOf,
} from "../../settings/options.ts";
import { variableOf } from "../../settings/spelling.ts";
import type { CaseOptions } from "../../verify/case-options.ts";
import { commandSettings } from "../settings.ts";
import type { World } from "../world.ts";

/** Groups of options that say what is shown, not what is recognised. */
const SHOWN: readonly OptionRow["group"][] = ["Messages", "Output", "Cases"];

const ACCOUNT_FLAGS = [
  ...["config", "noConfig", "profile"],
  ...["retries", "timeout", "proxy", "caFile"],
];

/**
 * Without `--live` no settings file is read, and of the environment only what is shown counts: a
 * laptop and a CI machine say the same.
 */
export async function verifySettings(flags: GivenFlags, world: World): Promise<Settings> {
  if (flags.get("live")?.value === true) return commandSettings("verify", flags, world);
  const account = ACCOUNT_FLAGS.map((key) => flags.get(key)).find((flag) => flag !== undefined);
  if (account !== undefined) {
    throw usageError(
      `${account.spelling} is for --live`,
      "leave it out: without --live no settings file is read, and nothing is sent",
    );
  }
  const noConfig = OPTION_ROWS.find(({ key }) => key === "noConfig");
  if (noConfig === undefined) throw new Error("there is no option noConfig");
  const without: GivenFlag = { row: noConfig, spelling: "--no-config", value: true };
  return commandSettings("verify", new Map([...flags, [noConfig.key, without]]), {
    ...world,
    environment: shownEnvironment(world.environment),
  });
}

function shownEnvironment(environment: World["environment"]): World["environment"] {
  const shown = optionsOf("verify")
    .filter(({ group }) => SHOWN.includes(group))
    .map(({ key }) => variableOf(key));
  const entries = Object.entries(environment);
  return Object.fromEntries(
    entries.filter(([name]) => !name.startsWith("ASR_") || shown.includes(name)),
  );
}

const PLAIN_VALUES = Object.fromEntries(
  OPTION_ROWS.map((row) => [row.key, row.default]),
) as OptionValues;

const PLAIN_SOURCES = Object.fromEntries(
  OPTION_ROWS.map(({ key }) => [key, "default"]),
) as Settings["sources"];

/**
 * The settings of a case: its own options, else the defaults. So a replay asks for the same as its
 * recording did, wherever it was made.
 *
 * @param account of this machine, with its network; undefined: none is needed
 */
export function caseSettings(provider: string, options: CaseOptions, account?: Settings): Settings {
  const values = { ...PLAIN_VALUES, ...networkOf(account), ...options, provider };
  const sections = Object.entries(account?.providers ?? {});
  return {
    values,
    sources: PLAIN_SOURCES,
    vendors: account?.vendors ?? {},
    providers: Object.fromEntries(
      sections.map(([id, { baseUrl, pricePerHour, currency }]) => {
        const { language, model } = values;
        return [id, { language, model, set: {}, baseUrl, pricePerHour, currency }];
      }),
    ),
    resolved: new Map(),
    flags: new Map(),
    files: [],
    warnings: [],
    notes: [],
  };
}

function networkOf(account: Settings | undefined): Partial<OptionValues> {
  if (account === undefined) return {};
  const { proxy, caFile, timeout, retries } = account.values;
  return { proxy, caFile, timeout, retries };
}
