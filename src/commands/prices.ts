/** What the user pays a provider, by the settings. */
import type { Price } from "../jobs/estimate.ts";
import type { Settings } from "../settings/load.ts";

/** @param provider id */
export function priceOf(
  provider: string,
  { providers }: Pick<Settings, "providers">,
): Price | undefined {
  const { pricePerHour, currency } = providers[provider] ?? {};
  if (pricePerHour === undefined) return undefined;
  return { perHour: pricePerHour, ...(currency === undefined ? {} : { currency }) };
}
