/** Options: the way to the vendor. */
import { NETWORKED, type OptionRow } from "./row.ts";

export const NETWORK_OPTIONS = [
  {
    key: "retries",
    argument: "N",
    value: { kind: "integer", min: 0, max: 10 },
    default: 3,
    help: "repeats of one request that failed and may succeed",
    group: "Network",
    commands: NETWORKED,
  },
  {
    key: "timeout",
    argument: "SECONDS",
    value: { kind: "number", min: 0.001, max: 86_400 },
    example: 120,
    help: "longest silence of a vendor, instead of what its API needs",
    group: "Network",
    commands: NETWORKED,
  },
  {
    key: "proxy",
    argument: "URL",
    value: {
      kind: "string",
      pattern: /^https?:\/\/[^\s/]+\/?$/,
      expects: 'a proxy\'s address such as "http://proxy.example:3128"',
    },
    example: "http://proxy.example:3128",
    // Its password stays out of every report; a flag with one would stand in the process list.
    secret: true,
    flagWithoutPassword: true,
    refusedUntrusted: "always",
    help: "proxy for all requests; else HTTPS_PROXY and NO_PROXY of the environment",
    group: "Network",
    commands: NETWORKED,
  },
  {
    key: "caFile",
    argument: "FILE",
    value: { kind: "string" },
    example: "company-ca.pem",
    path: true,
    refusedUntrusted: "always",
    help: "certificates (PEM) of authorities to trust besides the usual ones",
    group: "Network",
    commands: NETWORKED,
  },
] as const satisfies readonly OptionRow[];
