/** The network of a run that recognises: with `--record` and `--replay`. */
import path from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { usageError } from "../errors.ts";
import { type Network, openNetwork, openReplay } from "../jobs/network.ts";
import { PROVIDERS } from "../providers/registry.ts";
import type { Settings } from "../settings/load.ts";
import { networkSettings } from "./context.ts";
import type { World } from "./world.ts";

export interface Run {
  /** Kept in a recording. */
  readonly command: string;
  /** Ids of those who will recognise. */
  readonly providers: readonly string[];
  /** What is asked for, where all is asked in one way: kept in a recording. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * @throws AsrError kind "usage" where there is nothing to replay, or a recording where one is to be
 *   made; "output" where it can't be written.
 */
export async function runNetwork(
  { command, providers, settings: asked }: Run,
  settings: Settings,
  world: World,
): Promise<Network> {
  const { record, replay, replaySpeed, dryRun, force } = settings.values;
  const plain = networkSettings(settings, world);
  refuseUnusedSpeed(settings);
  if ((record === undefined && replay === undefined) || dryRun) return openNetwork(plain);
  const isLocal = (id: string): boolean =>
    PROVIDERS.some((provider) => provider.id === id && !provider.remote);
  warnOfLocal(providers.filter(isLocal), settings, world);
  if (providers.every(isLocal)) return openNetwork(plain);
  if (replay !== undefined) {
    const folder = path.resolve(world.workingFolder, replay);
    const cassette = await openReplay(folder, replaySpeed === 1 ? 1 : 0);
    world.console.debug(`nothing is sent: the answers come from ${replay}`);
    return openNetwork({ ...plain, replay: cassette });
  }
  const folder = path.resolve(world.workingFolder, record ?? "");
  return openNetwork({
    ...plain,
    record: {
      folder,
      force,
      asrVersion: manifest.version,
      command,
      ...(asked === undefined ? {} : { settings: asked }),
    },
  });
}

function refuseUnusedSpeed({ values, sources }: Settings): void {
  if (values.replay !== undefined || sources.replaySpeed !== "flag") return;
  throw usageError(
    "--replay-speed is for --replay",
    "name what is to be replayed, or leave it out",
  );
}

function warnOfLocal(
  [local]: readonly string[],
  { values: { replay } }: Settings,
  { console }: World,
): void {
  if (local === undefined) return;
  const option = replay === undefined ? "--record" : "--replay";
  const what = replay === undefined ? "recorded" : "replayed";
  console.warning({
    code: "nothing-asked",
    message: `${option}: ${local} asks no vendor, so nothing of it is ${what}`,
  });
}
