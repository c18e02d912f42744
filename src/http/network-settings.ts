/** What the network must know, from `--proxy`, `--ca-file` and the environment. */
import type { ProxySettings } from "./proxy.ts";

export interface NetworkSettings extends ProxySettings {
  /** Contents of `--ca-file` (PEM): trusted besides the certificates that Node trusts. */
  readonly caPem?: string;
}
