/** The settings of a command, with stderr set up as they say and their warnings shown. */
import { PROVIDERS } from "../providers/registry.ts";
import type { GivenFlags } from "../settings/flags.ts";
import type { Settings } from "../settings/load.ts";
import type { CommandName } from "../settings/options.ts";
import { isColored, loadPaint } from "../terminal/paint.ts";
import type { World } from "./world.ts";

export async function commandSettings(
  command: CommandName,
  flags: GivenFlags,
  world: World,
): Promise<Settings> {
  const { loadSettings } = await import("../settings/load.ts");
  const settings = await loadSettings({ ...world, command, flags, providers: PROVIDERS });
  const { logFormat, quiet, verbose, color } = settings.values;
  const paint = await loadPaint(isColored(world.stderr.isTerminal, world.environment, color));
  world.console.configure({ logFormat, quiet, verbose, paint });
  for (const warning of settings.warnings) world.console.warning(warning);
  for (const note of settings.notes) world.console.debug(note);
  return settings;
}
