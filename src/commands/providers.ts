/** `asr providers`: what each provider takes, limits and gives. */
import type { Command } from "commander";
import { loadProvider, PROVIDER_IDS, PROVIDERS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

export function register(program: Command, world: World): void {
  const command = program
    .command("providers")
    .summary("what each provider takes, limits and gives")
    .description(
      "List the providers, or show one: audio, limits, features, parameters, credentials.",
    )
    .argument("[ID]", "one provider");
  const givenFlags = addOptions(command, "providers", PROVIDER_IDS);
  command.action(async (id: string | undefined) => {
    const { values } = await commandSettings("providers", givenFlags(), world);
    const { describeProvider } = await import("../providers/describe.ts");
    const { providerText, providersText } = await import("./provider-text.ts");
    if (id !== undefined) {
      const report = describeProvider(await loadProvider(id));
      await world.stdout.write(values.json ? json(report) : providerText(report));
      return;
    }
    const reports = await Promise.all(
      PROVIDERS.map(async ({ load }) => describeProvider(await load())),
    );
    await world.stdout.write(values.json ? json({ providers: reports }) : providersText(reports));
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
