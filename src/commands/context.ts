/** What providers may touch of the world, made from the command's and the settings. */
import path from "node:path";
import { type Network, openNetwork } from "../jobs/network.ts";
import type { Recogniser } from "../jobs/recogniser.ts";
import type { Account, CredentialSpec, Provider, ProviderContext } from "../providers/contract.ts";
import type { Settings } from "../settings/load.ts";
import type { World } from "./world.ts";

type Asking = Pick<Provider, "id" | "vendor" | "credentials" | "exchanges">;

/** The user's account at a provider's vendor; in a replay one that opens nothing. */
function accountOf({ vendors, providers }: Settings, provider: Asking, network: Network): Account {
  const { id, vendor } = provider;
  const { credentials = {}, signedHost, concurrency, requestsPerSecond } = vendors[vendor] ?? {};
  const baseUrl = providers[id]?.baseUrl;
  const revealed = Object.entries(credentials).map(([name, { secret }]) => [name, secret.reveal()]);
  return {
    credentials:
      network.cassette === undefined
        ? Object.fromEntries(revealed)
        : placeholders(provider.credentials, network.cassette.credentialNames(id)),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(signedHost === undefined ? {} : { signedHost }),
    ...(concurrency === undefined ? {} : { maxConcurrency: concurrency }),
    ...(requestsPerSecond === undefined ? {} : { maxRequestsPerSecond: requestsPerSecond }),
  };
}

/** @param names of those that were set when it was recorded; undefined: those that are needed */
function placeholders(
  specs: readonly CredentialSpec[],
  names: readonly string[] | undefined,
): Record<string, string> {
  const wanted = specs.filter(({ name, optional }) => names?.includes(name) ?? optional !== true);
  return Object.fromEntries(
    // Its beginning is hidden in messages as that of a secret: it must be no word.
    wanted.map(({ name, placeholder }) => [name, placeholder ?? `~${name}~replayed`]),
  );
}

/** The network of a run without recording or replay. */
export function plainNetwork(settings: Settings, world: World): Promise<Network> {
  return openNetwork(networkSettings(settings, world));
}

/** What the network must know, beside what is recorded or replayed. */
export function networkSettings({ values }: Settings, world: World) {
  const { proxy, caFile, retries, timeout } = values;
  return {
    environment: world.environment,
    retries,
    randomBytes: world.randomBytes,
    ...(proxy === undefined ? {} : { proxy }),
    ...(caFile === undefined ? {} : { caFile: path.resolve(world.workingFolder, caFile) }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
  };
}

/** @param network of the run, which may have several providers */
export function providerContext(
  provider: Asking,
  settings: Settings,
  world: World,
  network: Network,
): ProviderContext {
  const account = accountOf(settings, provider, network);
  const { credentials, baseUrl } = account;
  return {
    signal: world.signal,
    clock: network.clock,
    randomBytes: network.randomBytes,
    log: world.console.debug,
    http: network.clientFor({
      provider: provider.id,
      credentials,
      ...(provider.exchanges === undefined ? {} : { rules: provider.exchanges }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    }),
    account,
  };
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
