/**
 * What failed in a run: how often and why. Nothing else is kept of a failure that was told, so that
 * 100 000 take no more room than twenty.
 */
import type { AsrError, ErrorKind } from "../errors.ts";

/** Failures of one kind, with one code of one vendor. */
export interface FailureCause {
  readonly kind: ErrorKind;
  readonly provider: string | undefined;
  readonly vendorCode: string | number | undefined;
  readonly count: number;
}

export interface Failures {
  readonly count: number;
  /** Set where anything failed. */
  readonly first: AsrError | undefined;
  /** In the order in which they came up. */
  readonly causes: readonly FailureCause[];
}

export class FailureTally {
  #first: AsrError | undefined;
  readonly #causes = new Map<string, FailureCause>();

  add(error: AsrError): void {
    this.#first ??= error;
    const { provider, vendorCode } = error.details;
    this.#count({ kind: error.kind, provider, vendorCode, count: 1 });
  }

  /** Those of another run. */
  addAll({ first, causes }: Failures): void {
    this.#first ??= first;
    for (const cause of causes) this.#count(cause);
  }

  get failures(): Failures {
    const causes = [...this.#causes.values()];
    return {
      count: causes.reduce((sum, { count }) => sum + count, 0),
      first: this.#first,
      causes,
    };
  }

  #count(cause: FailureCause): void {
    const { kind, provider, vendorCode, count } = cause;
    const key = JSON.stringify([kind, provider, vendorCode]);
    this.#causes.set(key, { ...cause, count: count + (this.#causes.get(key)?.count ?? 0) });
  }
}

export function allFailures(several: readonly Failures[]): Failures {
  const tally = new FailureTally();
  for (const failures of several) tally.addAll(failures);
  return tally.failures;
}

export function failuresOf(errors: Iterable<AsrError>): Failures {
  const tally = new FailureTally();
  for (const error of errors) tally.add(error);
  return tally.failures;
}
