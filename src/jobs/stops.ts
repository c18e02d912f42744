/** Which of a run's inputs would fail alike, and are not tried any more. */
import type { AsrError } from "../errors.ts";

export interface Stops {
  /** A job failed; what says that others would fail too stops them. */
  tell(error: AsrError): void;
  isStopped(providerId: string): boolean;
  /** Why nothing more was tried, with any of these providers; undefined: something could be. */
  common(providerIds: ReadonlySet<string>): AsrError | undefined;
}

/** What failed at a vendor stops all that goes to that provider; anything else stops the run. */
export function createStops(): Stops {
  const byProvider = new Map<string, AsrError>();
  let ofAll: AsrError | undefined;
  return {
    tell(error) {
      const { stopsBatch, provider } = error.details;
      if (!stopsBatch) return;
      if (provider === undefined) ofAll ??= error;
      else if (!byProvider.has(provider)) byProvider.set(provider, error);
    },
    isStopped: (providerId) => ofAll !== undefined || byProvider.has(providerId),
    common(providerIds) {
      if (ofAll !== undefined) return ofAll;
      const stopped = [...providerIds].map((id) => byProvider.get(id));
      return stopped.every((error) => error !== undefined) ? stopped[0] : undefined;
    },
  };
}
