/** `asr models`: the local recogniser's weights and runtime. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

export function register(program: Command, world: World): void {
  const models = program
    .command("models")
    .summary("the local recogniser's models")
    .description("Show and install what the local recogniser needs: weights and their runtime.");
  registerList(models, world);
  registerInstall(models, world);
}

function registerList(models: Command, world: World): void {
  const command = models
    .command("list")
    .description("Show which models there are, which are installed and whether they are whole.");
  const givenFlags = addOptions(command, "models list", PROVIDER_IDS);
  command.action(async () => {
    const { values } = await commandSettings("models list", givenFlags(), world);
    const { listModels } = await import("./models/list.ts");
    await world.stdout.write(await listModels(values.json, world));
  });
}

function registerInstall(models: Command, world: World): void {
  const command = models
    .command("install")
    .description(
      "Install models into your data folder, from folders, .tgz files of npm pack, or by npm.\n" +
        "All is checked against known checksums before anything is put in place.",
    )
    .argument("<PATH|PACKAGE...>", "a folder, a .tgz, or a name out of asr models list");
  const givenFlags = addOptions(command, "models install", PROVIDER_IDS);
  command.action(async (words: readonly string[]) => {
    await commandSettings("models install", givenFlags(), world);
    const { installModels } = await import("./models/install.ts");
    await installModels(words, world);
  });
}
