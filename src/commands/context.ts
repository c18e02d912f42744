/** What providers may touch of the world, made from the command's and the settings. */
import path from "node:path";
import { openNetwork, systemClock } from "../jobs/network.ts";
import type { Account, Provider, ProviderContext } from "../providers/contract.ts";
import type { Settings } from "../settings/load.ts";
import type { World } from "./world.ts";

/** The user's account at a provider's vendor. */
function accountOf(
  { vendors, providers }: Settings,
  { id, vendor }: Pick<Provider, "id" | "vendor">,
): Account {
  const { credentials = {}, signedHost, concurrency, requestsPerSecond } = vendors[vendor] ?? {};
  const baseUrl = providers[id]?.baseUrl;
  const revealed = Object.entries(credentials).map(([name, { secret }]) => [name, secret.reveal()]);
  return {
    credentials: Object.fromEntries(revealed),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(signedHost === undefined ? {} : { signedHost }),
    ...(concurrency === undefined ? {} : { maxConcurrency: concurrency }),
    ...(requestsPerSecond === undefined ? {} : { maxRequestsPerSecond: requestsPerSecond }),
  };
}

type Network = ProviderContext["http"];

/** The network of a run: one for all its providers, which may share an account. */
export function networkOf(settings: Settings, world: World): Promise<Network> {
  const { proxy, caFile, retries, timeout } = settings.values;
  return openNetwork({
    environment: world.environment,
    retries,
    // A float in [0, 1) of 32 random bits.
    random: () => new DataView(world.randomBytes(4).buffer).getUint32(0) / 2 ** 32,
    ...(proxy === undefined ? {} : { proxy }),
    ...(caFile === undefined ? {} : { caFile: path.resolve(world.workingFolder, caFile) }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
  });
}

/** @param network of the run; undefined: one of its own. */
export async function providerContext(
  provider: Pick<Provider, "id" | "vendor">,
  settings: Settings,
  world: World,
  network?: Network,
): Promise<ProviderContext> {
  return {
    signal: world.signal,
    clock: systemClock,
    randomBytes: world.randomBytes,
    log: world.console.debug,
    http: network ?? (await networkOf(settings, world)),
    account: accountOf(settings, provider),
  };
}

/** Where the audio goes: the first line of `-v`. */
export function destinationNote(
  provider: Pick<Provider, "host">,
  { account }: Pick<ProviderContext, "account">,
): string {
  const host = provider.host(account);
  return host === undefined ? "the audio stays on this machine" : `the audio goes to ${host}`;
}
