/** A temporary world for the settings: folders, files, made-up vendors. */
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { onTestFinished } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { addOptions, type GivenFlags } from "../../src/settings/flags.ts";
import { loadSettings } from "../../src/settings/load.ts";
import type { CommandName } from "../../src/settings/options.ts";
import type { ProviderEntry } from "../../src/settings/registry.ts";
import type { Settings } from "../../src/settings/settings.ts";
import type { Surroundings } from "../../src/settings/surroundings.ts";

const ACME = [
  { name: "appId", variable: "ACME_APP_ID", help: "number of the application" },
  { name: "secretKey", variable: "ACME_SECRET_KEY", help: "key of the account" },
  { name: "token", variable: "ACME_TOKEN", help: "for a while only", optional: true },
];

/** `local` as it is, and vendors that nobody has. */
export const PROVIDERS: readonly ProviderEntry[] = [
  { id: "local", vendor: "local", remote: false, credentials: [] },
  { id: "acme-file", vendor: "acme", remote: true, credentials: ACME, signsHost: true },
  { id: "acme-live", vendor: "acme", remote: true, credentials: ACME, signsHost: true },
  {
    id: "bolt",
    vendor: "bolt",
    remote: true,
    credentials: [{ name: "apiKey", variable: "BOLT_API_KEY", help: "key" }],
  },
];

export const PROVIDER_IDS = PROVIDERS.map((provider) => provider.id);

export interface TemporaryWorld extends Surroundings {
  readonly root: string;
  readonly environment: Record<string, string | undefined>;
  /** Writes a file below the root, with its folders. */
  write(place: string, content: unknown, mode?: number): Promise<string>;
}

/** `home/` with a project in `home/project/`, a git repository; removed after the test. */
export async function temporaryWorld(): Promise<TemporaryWorld> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), "asr-settings-")));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const workingFolder = path.join(root, "home/project");
  await mkdir(path.join(workingFolder, ".git"), { recursive: true });
  return {
    root,
    environment: {},
    workingFolder,
    homeFolder: path.join(root, "home"),
    platform: "linux",
    userId: process.getuid?.(),
    async write(place, content, mode = 0o600) {
      const file = path.join(root, place);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
      await chmod(file, mode);
      return file;
    },
  };
}

export function parseFlags(words: readonly string[], name: CommandName): GivenFlags {
  const command = new Command("asr").exitOverride().configureOutput({ writeErr: () => {} });
  const read = addOptions(command, name, PROVIDER_IDS);
  command.argument("[INPUT...]").parse([...words], { from: "user" });
  return read();
}

/** The settings for a command line, in one call. */
export async function load(
  world: Surroundings,
  words: readonly string[] = [],
  command: CommandName = "transcribe",
): Promise<Settings> {
  const flags = parseFlags(words, command);
  return loadSettings({ ...world, command, flags, providers: PROVIDERS });
}

/** What the user is told where something fails: message, reason and hint. */
export async function complaint(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    const { reason, hint } = error.details;
    return `${error.exitCode}: ${error.message} | ${reason ?? ""} | ${hint ?? ""}`;
  }
  return "0";
}
