/** What the vendors of a run bill: time by provider, and money by currency where a price is known. */
import type { Money } from "./amounts.ts";

/** What an hour of billed audio costs the user. */
export interface HourlyPrice {
  readonly perHour: number;
  readonly currency?: string;
}

const HOUR_MS = 3_600_000;

export class Billing {
  readonly #priceOf: (provider: string) => HourlyPrice | undefined;
  readonly #billedMs = new Map<string, number>();

  constructor(priceOf: (provider: string) => HourlyPrice | undefined) {
    this.#priceOf = priceOf;
  }

  add(provider: string, billedMs: number): void {
    this.#billedMs.set(provider, (this.#billedMs.get(provider) ?? 0) + billedMs);
  }

  /** Of all providers, with a price or without. */
  get billedMs(): number {
    return this.#billedMs.values().reduce((sum, billedMs) => sum + billedMs, 0);
  }

  /** One sum a currency. */
  get spend(): readonly Money[] {
    const sums = new Map<string | undefined, number>();
    for (const [provider, billedMs] of this.#billedMs) {
      const price = this.#priceOf(provider);
      if (price === undefined || billedMs === 0) continue;
      const { perHour, currency } = price;
      sums.set(currency, (sums.get(currency) ?? 0) + (billedMs / HOUR_MS) * perHour);
    }
    return Array.from(sums, ([currency, amount]) => ({
      amount,
      ...(currency === undefined ? {} : { currency }),
    }));
  }
}
