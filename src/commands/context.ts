/** What providers may touch of the command's world. */
import { type Network, openNetwork } from "../jobs/network.ts";
import type { Recogniser } from "../jobs/recogniser.ts";
import {
  type Asking,
  providerContext as contextOf,
  networkSettings,
} from "../library/provider-context.ts";
import type { ProviderContext } from "../providers/contract.ts";
import type { Settings } from "../settings/load.ts";
import type { World } from "./world.ts";

export { networkSettings };

/** The network of a run without recording or replay. */
export function plainNetwork(settings: Settings, world: World): Promise<Network> {
  return openNetwork(networkSettings(settings, world));
}

/** @param network of the run, which may have several providers */
export function providerContext(
  provider: Asking,
  settings: Settings,
  { signal, console }: World,
  network: Network,
): ProviderContext {
  return contextOf(provider, settings, { signal, log: console.debug }, network);
}

/** Says where the audio goes, each place once: the first line of `-v`. */
export function announcePlaces(
  recognisers: readonly Pick<Recogniser, "provider" | "context">[],
  { values }: Settings,
  { console }: Pick<World, "console">,
): void {
  // Of a replay it was said that nothing is sent.
  if (values.replay !== undefined) return;
  const hosts = recognisers.map(({ provider, context }) => provider.host(context.account));
  for (const host of new Set(hosts)) {
    const place = host === undefined ? "stays on this machine" : `goes to ${host}`;
    console.debug(`the audio ${place}`);
  }
}
