/** Every provider, one entry each. A new vendor is a folder and an entry here. */
import { usageError } from "../errors.ts";
import type { CredentialSpec, Provider } from "./contract.ts";

/** What is known of a provider without loading it. */
export interface RegisteredProvider {
  readonly id: string;
  readonly vendor: string;
  readonly title: string;
  /** True where audio leaves this machine. */
  readonly remote: boolean;
  /** The same for every provider of a vendor. */
  readonly credentials: readonly CredentialSpec[];
  load(): Promise<Provider>;
}

export const PROVIDERS: readonly RegisteredProvider[] = [
  {
    id: "local",
    vendor: "local",
    title: "Whisper on this machine: no account, no network",
    remote: false,
    credentials: [],
    load: async () => (await import("./local/index.ts")).local,
  },
];

export const PROVIDER_IDS: readonly string[] = PROVIDERS.map((provider) => provider.id);

/** @throws AsrError kind "usage" for an unknown id. */
export async function loadProvider(id: string): Promise<Provider> {
  const registered = PROVIDERS.find((provider) => provider.id === id);
  if (registered === undefined) {
    throw usageError(`unknown provider "${id}"`, `choose one of: ${PROVIDER_IDS.join(", ")}`);
  }
  return registered.load();
}
