/** The keys of `vendors.<vendor>` and `providers.<id>`, declared once like the options. */
import { LANGUAGE_TAG } from "./options.ts";
import type { ProviderEntry, VendorEntry } from "./registry.ts";
import type { SettingRow, ValuesOf } from "./value.ts";

export interface SectionRow extends SettingRow {
  /** The variable that sets it too; `true`: `ASR_<SECTION>_<KEY>`. */
  readonly variable?: true | string;
}

const ADDRESS = {
  key: "baseUrl",
  value: { kind: "address" },
  example: "https://gateway.example",
  refusedUntrusted: "always",
  variable: true,
  help: "origin to call instead of the vendor's own, with an optional path prefix",
} as const satisfies SectionRow;

const VENDOR_ROWS = [
  ADDRESS,
  {
    key: "concurrency",
    value: { kind: "integer", min: 1, max: 1000 },
    example: 5,
    help: "requests at once that your account allows",
  },
  {
    key: "requestsPerSecond",
    value: { kind: "number", min: 0.001, max: 10_000 },
    example: 10,
    help: "requests a second that your account allows",
  },
  {
    key: "account",
    value: {
      kind: "string",
      pattern: /^[A-Za-z0-9._-]{1,64}$/,
      expects: 'a name such as "sales"',
    },
    default: "default",
    example: "sales",
    help: "your name for the account: machines that share a queue share its limits by this name",
  },
] as const satisfies readonly SectionRow[];

const SIGNED_HOST = {
  key: "signedHost",
  value: {
    kind: "string",
    pattern: /^[A-Za-z0-9.-]+(:\d{1,5})?$/,
    expects: 'a host name such as "asr.example.com"',
  },
  example: "asr.example.com",
  refusedUntrusted: "always",
  help: "host that the signature names, where a gateway stands before the vendor",
} as const satisfies SectionRow;

const PROVIDER_ROWS = [
  {
    key: "model",
    value: { kind: "string" },
    example: "16k_zh",
    refusedUntrusted: "path",
    help: "model for this provider",
  },
  {
    key: "language",
    value: LANGUAGE_TAG,
    example: "zh",
    help: "language for this provider",
  },
  {
    key: "set",
    value: { kind: "map" },
    default: {},
    example: {},
    help: "vendor parameters by their documented names",
  },
] as const satisfies readonly SectionRow[];

const REMOTE_ROWS = [
  ADDRESS,
  {
    key: "pricePerHour",
    value: { kind: "number", min: 0 },
    example: 1.5,
    help: "what an hour of audio costs you",
  },
  {
    key: "currency",
    value: { kind: "string", pattern: /^[A-Z]{3}$/, expects: 'a currency such as "CNY"' },
    example: "CNY",
    help: "currency of that price",
  },
] as const satisfies readonly SectionRow[];

export type VendorValues = ValuesOf<(typeof VENDOR_ROWS)[number] | typeof SIGNED_HOST>;
export type ProviderValues = ValuesOf<
  (typeof PROVIDER_ROWS)[number] | (typeof REMOTE_ROWS)[number]
>;

/** Keys of `vendors.<vendor>`: credentials, address, the account's limits. */
export function vendorRows(vendor: VendorEntry): readonly SectionRow[] {
  const credentials = vendor.credentials.map(
    (credential): SectionRow => ({
      key: credential.name,
      value: { kind: "string" },
      example: `$\{env:MY_${credential.variable}}`,
      secret: true,
      variable: credential.variable,
      help: `${credential.help} (${credential.variable} goes first)`,
    }),
  );
  return [...credentials, ...VENDOR_ROWS, ...(vendor.signsHost ? [SIGNED_HOST] : [])];
}

/** Keys of `providers.<id>`. */
export function providerRows(provider: ProviderEntry): readonly SectionRow[] {
  return [...PROVIDER_ROWS, ...(provider.remote ? REMOTE_ROWS : [])];
}
