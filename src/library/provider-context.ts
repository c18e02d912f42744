/** What providers may touch of the world, out of the settings. */
import path from "node:path";
import type { Network, NetworkSettings } from "../jobs/network.ts";
import type { Account, CredentialSpec, Provider, ProviderContext } from "../providers/contract.ts";
import type { Settings } from "../settings/load.ts";

export type Asking = Pick<Provider, "id" | "vendor" | "credentials" | "exchanges">;

/** The user's account at a provider's vendor; in a replay one that opens nothing. */
function accountOf(
  { vendors, providers }: Pick<Settings, "vendors" | "providers">,
  provider: Asking,
  network: Network,
): Account {
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

/** What of this machine the network touches. */
export interface NetworkPlace extends Pick<NetworkSettings, "environment" | "randomBytes"> {
  /** Where a path that is not absolute begins. */
  readonly workingFolder: string;
}

/** What the network must know, beside what is recorded or replayed. */
export function networkSettings(
  { values }: Pick<Settings, "values">,
  { environment, randomBytes, workingFolder }: NetworkPlace,
): NetworkSettings {
  const { proxy, caFile, retries, timeout } = values;
  return {
    environment,
    retries,
    randomBytes,
    ...(proxy === undefined ? {} : { proxy }),
    ...(caFile === undefined ? {} : { caFile: path.resolve(workingFolder, caFile) }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
  };
}

/** @param network of the run, which may have several providers */
export function providerContext(
  provider: Asking,
  settings: Pick<Settings, "vendors" | "providers">,
  { signal, log }: Pick<ProviderContext, "signal" | "log">,
  network: Network,
): ProviderContext {
  const account = accountOf(settings, provider, network);
  const { credentials, baseUrl } = account;
  return {
    signal,
    clock: network.clock,
    randomBytes: network.randomBytes,
    log,
    http: network.clientFor({
      provider: provider.id,
      credentials,
      ...(provider.exchanges === undefined ? {} : { rules: provider.exchanges }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    }),
    account,
  };
}
