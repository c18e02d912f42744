/**
 * What the settings must know of providers. It comes in as an argument: this room imports none.
 */

/** A credential of a vendor and where it comes from. */
interface CredentialEntry {
  /** Key inside `vendors.<vendor>`, e.g. "secretKey". */
  readonly name: string;
  /** Environment variable, e.g. "TENCENTCLOUD_SECRET_KEY". */
  readonly variable: string;
  readonly optional?: boolean;
  readonly help: string;
}

export interface ProviderEntry {
  readonly id: string;
  readonly vendor: string;
  /** True where audio leaves this machine: then there are addresses, prices and limits. */
  readonly remote: boolean;
  /** The same for every provider of a vendor. */
  readonly credentials: readonly CredentialEntry[];
  /** True where a signature covers the host, which a gateway may change (`signedHost`). */
  readonly signsHost?: boolean;
}

export interface VendorEntry {
  readonly id: string;
  readonly credentials: readonly CredentialEntry[];
  readonly signsHost: boolean;
}

/** The vendors that have settings: those to whom audio is sent. */
export function vendorsOf(providers: readonly ProviderEntry[]): readonly VendorEntry[] {
  const remote = providers.filter((provider) => provider.remote);
  return [...new Set(remote.map((provider) => provider.vendor))].map((id) => {
    const own = remote.filter((provider) => provider.vendor === id);
    const credentials = new Map(
      own.flatMap((provider) => provider.credentials).map((entry) => [entry.name, entry]),
    );
    return {
      id,
      credentials: [...credentials.values()],
      signsHost: own.some((provider) => provider.signsHost === true),
    };
  });
}
