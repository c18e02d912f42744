/** `asr config`: what is set, where it comes from, and a first file. */
import type { Command } from "commander";
import { PROVIDER_IDS, PROVIDERS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

export function register(program: Command, world: World): void {
  const config = program
    .command("config")
    .summary("settings in force, and where each came from")
    .description("Show and write settings.");
  registerShow(config, world);
  registerPath(config, world);
  registerInit(config, world);
  registerTrust(config, world);
}

function registerShow(config: Command, world: World): void {
  const command = config
    .command("show")
    .description("Show every setting in force with its source; secrets are masked.");
  const givenFlags = addOptions(command, "config show", PROVIDER_IDS);
  command.action(async () => {
    const settings = await commandSettings("config show", givenFlags(), world);
    const { settingsReport } = await import("../settings/report.ts");
    await world.stdout.write(settingsReport(settings, settings.values.json));
  });
}

function registerPath(config: Command, world: World): void {
  const command = config
    .command("path")
    .description("Show which settings files are read, and where they are looked for.");
  const givenFlags = addOptions(command, "config path", PROVIDER_IDS);
  command.action(async () => {
    const { values } = await commandSettings("config path", givenFlags(), world);
    const { pathReport } = await import("../settings/report.ts");
    await world.stdout.write(await pathReport(values, world, values.json));
  });
}

function registerInit(config: Command, world: World): void {
  const command = config
    .command("init")
    .description("Write a first settings file in which every key is explained.");
  const givenFlags = addOptions(command, "config init", PROVIDER_IDS);
  command.action(async () => {
    const { values } = await commandSettings("config init", givenFlags(), world);
    const { initConfig } = await import("../settings/init.ts");
    const { project, force } = values;
    const file = await initConfig({ ...world, project, force, providers: PROVIDERS });
    world.console.note(`wrote ${file}`);
  });
}

function registerTrust(config: Command, world: World): void {
  const command = config
    .command("trust")
    .description("Let a project's settings file do what yours may: set addresses, read variables.")
    .argument("[FOLDER]", "folder of the project's settings file");
  const givenFlags = addOptions(command, "config trust", PROVIDER_IDS);
  command.action(async (folder: string | undefined) => {
    await commandSettings("config trust", givenFlags(), world);
    const { trustFolder } = await import("../settings/trust.ts");
    world.console.note(`trusted ${await trustFolder(folder, world)}`);
  });
}
